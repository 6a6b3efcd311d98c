//! One column of a table while rows come in.

use crate::error::Error;
use crate::schema::{fields, member};
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float32Builder, Float64Builder, Int64Builder, StringBuilder,
};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer};
use dateline_export::row::{Column, Kind, Value};
use jiff::civil::Date;
use std::sync::Arc;

/// Grows an array of one type.
#[derive(Debug)]
pub(crate) enum ArrayBuilder {
    Text(StringBuilder),
    Bool(BooleanBuilder),
    Int(Int64Builder),
    Single(Float32Builder),
    Double(Float64Builder),
    Date(Date32Builder),
    List { kind: Kind, lengths: Vec<usize>, nulls: NullBufferBuilder, members: Box<ArrayBuilder> },
    Struct { columns: &'static [Column], nulls: NullBufferBuilder, children: Vec<ArrayBuilder> },
}

impl ArrayBuilder {
    pub(crate) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Bool => Self::Bool(BooleanBuilder::new()),
            Kind::Int => Self::Int(Int64Builder::new()),
            Kind::Single => Self::Single(Float32Builder::new()),
            Kind::Double => Self::Double(Float64Builder::new()),
            Kind::Date => Self::Date(Date32Builder::new()),
            Kind::List(&kind) => Self::List {
                kind,
                lengths: Vec::new(),
                nulls: NullBufferBuilder::new(0),
                members: Box::new(Self::new(kind)),
            },
            Kind::Struct(columns) => Self::Struct {
                columns,
                nulls: NullBufferBuilder::new(0),
                children: columns.iter().map(|c| Self::new(c.kind)).collect(),
            },
        }
    }

    /// Takes one value; one of another type than the column's, which the rows' declaration rules out, counts as null.
    ///
    /// # Errors
    /// When the array holds more text than Arrow's offsets can count.
    pub(crate) fn push(&mut self, value: &Value<'_>) -> Result<(), Error> {
        match self {
            Self::Text(array) => match value {
                Value::Text(text) => {
                    if array.values_slice().len() + text.len() > i32::MAX as usize {
                        return Err(Error::TooLong);
                    }
                    array.append_value(text);
                }
                _ => array.append_null(),
            },
            Self::Bool(array) => {
                array.append_option(if let Value::Bool(v) = value { Some(*v) } else { None });
            }
            Self::Int(array) => array.append_option(if let Value::Int(v) = value { Some(*v) } else { None }),
            Self::Single(array) => {
                array.append_option(if let Value::Single(v) = value { Some(*v) } else { None });
            }
            Self::Double(array) => {
                array.append_option(if let Value::Double(v) = value { Some(*v) } else { None });
            }
            Self::Date(array) => {
                array.append_option(if let Value::Date(v) = value { Some(days(*v)) } else { None });
            }
            Self::List { lengths, nulls, members, .. } => {
                if let Value::List(values) = value {
                    values.iter().try_for_each(|v| members.push(v))?;
                    lengths.push(values.len());
                    nulls.append_non_null();
                } else {
                    lengths.push(0);
                    nulls.append_null();
                }
            }
            Self::Struct { nulls, children, .. } => {
                if let Value::Struct(values) = value {
                    children.iter_mut().zip(values).try_for_each(|(child, v)| child.push(v))?;
                    nulls.append_non_null();
                } else {
                    children.iter_mut().try_for_each(Self::push_filler)?;
                    nulls.append_null();
                }
            }
        }
        Ok(())
    }

    /// What stands within a struct that is null: anything, but no null where fields must not be.
    fn push_filler(&mut self) -> Result<(), Error> {
        match self {
            Self::Text(_) => self.push(&Value::Text("".into())),
            Self::Bool(_) => self.push(&Value::Bool(false)),
            Self::Int(_) => self.push(&Value::Int(0)),
            Self::Single(_) => self.push(&Value::Single(0.0)),
            Self::Double(_) => self.push(&Value::Double(0.0)),
            Self::Date(_) => self.push(&Value::Date(EPOCH)),
            Self::List { .. } => self.push(&Value::List(Vec::new())),
            Self::Struct { nulls, children, .. } => {
                children.iter_mut().try_for_each(Self::push_filler)?;
                nulls.append_non_null();
                Ok(())
            }
        }
    }

    /// The array; the builder is empty afterwards.
    pub(crate) fn finish(&mut self) -> Result<ArrayRef, Error> {
        Ok(match self {
            Self::Text(array) => Arc::new(array.finish()),
            Self::Bool(array) => Arc::new(array.finish()),
            Self::Int(array) => Arc::new(array.finish()),
            Self::Single(array) => Arc::new(array.finish()),
            Self::Double(array) => Arc::new(array.finish()),
            Self::Date(array) => Arc::new(array.finish()),
            Self::List { kind, lengths, nulls, members } => {
                let offsets = OffsetBuffer::from_lengths(lengths.drain(..));
                Arc::new(ListArray::try_new(member(*kind), offsets, members.finish()?, nulls.finish())?)
            }
            Self::Struct { columns, nulls, children } => {
                let arrays = children.iter_mut().map(Self::finish).collect::<Result<_, _>>()?;
                Arc::new(StructArray::try_new(fields(columns), arrays, nulls.finish())?)
            }
        })
    }
}

/// The day that days are counted from.
pub(crate) const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Days since 1970-01-01.
fn days(date: Date) -> i32 {
    (date - EPOCH).get_days()
}
