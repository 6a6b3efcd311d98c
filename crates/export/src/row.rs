//! What a column is, and the rows that are made of them.
//!
//! A table is declared once, by [`row!`]: the fields of a row with their types and what they hold. The header of a CSV
//! file, the Arrow schema and the documentation all come from that declaration.

use jiff::civil::Date;
use std::borrow::Cow;

/// What stands between the members of a list in one cell.
pub const SEPARATOR: &str = "; ";

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// True or false.
    Bool,
    /// A whole number of 64 bits.
    Int,
    /// A number of 32 bits.
    Single,
    /// A number of 64 bits.
    Double,
    /// A day.
    Date,
    /// Any number of values of one type.
    List(&'static Kind),
    /// Named values.
    Struct(&'static [Column]),
}

/// A column of a table or a field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name, the same in every form.
    pub name: &'static str,
    /// Type.
    pub kind: Kind,
    /// Whether it may be empty.
    pub nullable: bool,
    /// What it holds.
    pub doc: &'static str,
}

/// One value of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Not known.
    Null,
    /// Of [`Kind::Text`].
    Text(Cow<'a, str>),
    /// Of [`Kind::Bool`].
    Bool(bool),
    /// Of [`Kind::Int`].
    Int(i64),
    /// Of [`Kind::Single`].
    Single(f32),
    /// Of [`Kind::Double`].
    Double(f64),
    /// Of [`Kind::Date`].
    Date(Date),
    /// Of [`Kind::List`].
    List(Vec<Value<'a>>),
    /// Of [`Kind::Struct`], in the order of its columns.
    Struct(Vec<Value<'a>>),
}

/// A Rust type that a column can have.
pub trait Cell {
    /// The column's type.
    const KIND: Kind;
    /// Whether the column may be empty.
    const NULLABLE: bool = false;
    /// The value.
    fn value(&self) -> Value<'_>;
}

/// A row of a table.
pub trait Row {
    /// The columns that every form has.
    const COLUMNS: &'static [Column];
    /// The columns with lists and structs, which forms with typed columns have besides, behind the others.
    const NESTED: &'static [Column];
    /// Hands out the values of all columns, in order.
    fn each(&self, take: &mut dyn FnMut(Value<'_>));
}

macro_rules! cells {
    ($($typ:ty => $kind:ident, |$v:ident| $value:expr;)+) => {
        $(impl Cell for $typ {
            const KIND: Kind = Kind::$kind;
            fn value(&self) -> Value<'_> { let $v = self; $value }
        })+
    };
}

cells! {
    &str => Text, |v| Value::Text(Cow::Borrowed(v));
    String => Text, |v| Value::Text(Cow::Borrowed(v));
    bool => Bool, |v| Value::Bool(*v);
    u8 => Int, |v| Value::Int(i64::from(*v));
    u32 => Int, |v| Value::Int(i64::from(*v));
    u64 => Int, |v| Value::Int(i64::try_from(*v).unwrap_or(i64::MAX));
    usize => Int, |v| Value::Int(i64::try_from(*v).unwrap_or(i64::MAX));
    f32 => Single, |v| Value::Single(*v);
    f64 => Double, |v| Value::Double(*v);
    Date => Date, |v| Value::Date(*v);
}

impl<T: Cell> Cell for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Cell::value)
    }
}

impl<T: Cell> Cell for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
    fn value(&self) -> Value<'_> {
        Value::List(self.iter().map(Cell::value).collect())
    }
}

/// Declares a row: its columns with their documentation, and behind `nested` those of lists and structs.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident $(<$lt:lifetime>)? { $($field:ident $(as $column:literal)?: $typ:ty = $doc:literal),+ $(,)? }
     $(nested { $($nested:ident $(as $ncolumn:literal)?: $ntyp:ty = $ndoc:literal),+ $(,)? })?) => {
        $(#[$meta])*
        #[derive(Clone, Debug, ::serde::Serialize)]
        pub struct $name $(<$lt>)? {
            $(#[doc = $doc] $(#[serde(rename = $column)])? pub $field: $typ,)+
            $($(#[doc = $ndoc] #[serde(skip)] pub $nested: $ntyp,)+)?
        }

        impl $(<$lt>)? $crate::row::Row for $name $(<$lt>)? {
            const COLUMNS: &'static [$crate::row::Column] =
                &[$($crate::row::column!($field, $typ, $doc $(, $column)?)),+];
            const NESTED: &'static [$crate::row::Column] =
                &[$($($crate::row::column!($nested, $ntyp, $ndoc $(, $ncolumn)?)),+)?];
            fn each(&self, take: &mut dyn FnMut($crate::row::Value<'_>)) {
                $(take($crate::row::Cell::value(&self.$field));)+
                $($(take($crate::row::Cell::value(&self.$nested));)+)?
            }
        }

        impl $(<$lt>)? $crate::row::Cell for $name $(<$lt>)? {
            const KIND: $crate::row::Kind = $crate::row::Kind::Struct(<Self as $crate::row::Row>::COLUMNS);
            fn value(&self) -> $crate::row::Value<'_> {
                $crate::row::Value::Struct(vec![$($crate::row::Cell::value(&self.$field)),+])
            }
        }
    };
}

macro_rules! column {
    ($field:ident, $typ:ty, $doc:literal, $name:literal) => {
        $crate::row::Column {
            name: $name,
            kind: <$typ as $crate::row::Cell>::KIND,
            nullable: <$typ as $crate::row::Cell>::NULLABLE,
            doc: $doc,
        }
    };
    ($field:ident, $typ:ty, $doc:literal) => {
        $crate::row::Column {
            name: stringify!($field),
            kind: <$typ as $crate::row::Cell>::KIND,
            nullable: <$typ as $crate::row::Cell>::NULLABLE,
            doc: $doc,
        }
    };
}

pub(crate) use {column, row};

/// The names of columns.
pub fn names(columns: &[Column]) -> Vec<&'static str> {
    columns.iter().map(|c| c.name).collect()
}
