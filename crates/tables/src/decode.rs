//! Values out of Arrow arrays.

use crate::array::EPOCH;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use dateline_export::row::{Kind, Value};
use jiff::ToSpan;

/// The value of a column in row `i`; none when the array is of another type.
pub(crate) fn value(array: &ArrayRef, kind: Kind, i: usize) -> Option<Value<'_>> {
    if array.is_null(i) {
        return Some(Value::Null);
    }
    Some(match kind {
        Kind::Text => Value::Text(array.as_string_opt::<i32>()?.value(i).into()),
        Kind::Bool => Value::Bool(array.as_boolean_opt()?.value(i)),
        Kind::Int => Value::Int(array.as_primitive_opt::<Int64Type>()?.value(i)),
        Kind::Single => Value::Single(array.as_primitive_opt::<Float32Type>()?.value(i)),
        Kind::Double => Value::Double(array.as_primitive_opt::<Float64Type>()?.value(i)),
        Kind::Date => {
            let days = array.as_primitive_opt::<Date32Type>()?.value(i);
            Value::Date(EPOCH.checked_add(i64::from(days).days()).ok()?)
        }
        Kind::List(kind) => {
            let list = array.as_list_opt::<i32>()?;
            let offsets = list.value_offsets();
            let range = offsets[i] as usize..offsets[i + 1] as usize;
            Value::List(range.map(|k| value(list.values(), *kind, k)).collect::<Option<_>>()?)
        }
        Kind::Struct(columns) => {
            let parts = array.as_struct_opt()?;
            let field = |c: &dateline_export::row::Column| match parts.column_by_name(c.name) {
                Some(array) => value(array, c.kind, i),
                None => c.nullable.then_some(Value::Null),
            };
            Value::Struct(columns.iter().map(field).collect::<Option<_>>()?)
        }
    })
}
