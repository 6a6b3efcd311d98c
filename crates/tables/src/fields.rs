//! The fields of one row or struct, taken by name.

use crate::error::Error;
use dateline_export::row::{Column, Value};
use jiff::civil::Date;
use std::str::FromStr;

/// Values with the names of their columns.
pub(crate) struct Fields<'a> {
    table: &'static str,
    names: Vec<&'static str>,
    values: Vec<Value<'a>>,
}

impl<'a> Fields<'a> {
    pub(crate) const fn new(table: &'static str, names: Vec<&'static str>, values: Vec<Value<'a>>) -> Self {
        Self { table, names, values }
    }

    /// The fields of a struct with these columns.
    pub(crate) fn of(&self, columns: &'static [Column], value: Value<'a>) -> Result<Self, Error> {
        match value {
            Value::Struct(values) => Ok(Self::new(self.table, dateline_export::row::names(columns), values)),
            _ => Err(self.wrong("a struct", "is missing")),
        }
    }

    pub(crate) fn wrong(&self, name: &str, what: &str) -> Error {
        Error::Shape { table: self.table, reason: format!("{name} {what}") }
    }

    /// Sets a field, which need not be there yet.
    pub(crate) fn put(&mut self, name: &'static str, value: Value<'a>) {
        if let Some(i) = self.names.iter().position(|n| *n == name) {
            self.values[i] = value;
        } else {
            self.names.push(name);
            self.values.push(value);
        }
    }

    pub(crate) fn take(&mut self, name: &str) -> Value<'a> {
        let index = self.names.iter().position(|n| *n == name);
        index.map_or(Value::Null, |i| std::mem::replace(&mut self.values[i], Value::Null))
    }

    pub(crate) fn maybe_text(&mut self, name: &str) -> Option<String> {
        if let Value::Text(text) = self.take(name) { Some(text.into_owned()) } else { None }
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<String, Error> {
        self.maybe_text(name).ok_or_else(|| self.wrong(name, "is missing"))
    }

    /// A word of a closed list.
    pub(crate) fn maybe<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, Error> {
        let text = self.maybe_text(name);
        let parsed = text.map(|t| t.parse().map_err(|_| self.wrong(name, &format!("cannot be `{t}`"))));
        parsed.transpose()
    }

    pub(crate) fn word<T: FromStr>(&mut self, name: &str) -> Result<T, Error> {
        self.maybe(name)?.ok_or_else(|| self.wrong(name, "is missing"))
    }

    pub(crate) fn maybe_int<T: TryFrom<i64>>(&mut self, name: &str) -> Result<Option<T>, Error> {
        let Value::Int(value) = self.take(name) else { return Ok(None) };
        T::try_from(value).map(Some).map_err(|_| self.wrong(name, &format!("cannot be {value}")))
    }

    pub(crate) fn int<T: TryFrom<i64>>(&mut self, name: &str) -> Result<T, Error> {
        self.maybe_int(name)?.ok_or_else(|| self.wrong(name, "is missing"))
    }

    pub(crate) fn bool(&mut self, name: &str) -> Result<bool, Error> {
        if let Value::Bool(value) = self.take(name) { Ok(value) } else { Err(self.wrong(name, "is missing")) }
    }

    pub(crate) fn single(&mut self, name: &str) -> Result<f32, Error> {
        if let Value::Single(value) = self.take(name) {
            Ok(value)
        } else {
            Err(self.wrong(name, "is missing"))
        }
    }

    pub(crate) fn maybe_double(&mut self, name: &str) -> Option<f64> {
        if let Value::Double(value) = self.take(name) { Some(value) } else { None }
    }

    pub(crate) fn maybe_date(&mut self, name: &str) -> Option<Date> {
        if let Value::Date(value) = self.take(name) { Some(value) } else { None }
    }

    pub(crate) fn date(&mut self, name: &str) -> Result<Date, Error> {
        self.maybe_date(name).ok_or_else(|| self.wrong(name, "is missing"))
    }

    /// The members of a list; none where the column is not there.
    pub(crate) fn list(&mut self, name: &str) -> Vec<Value<'a>> {
        if let Value::List(values) = self.take(name) { values } else { Vec::new() }
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, name: &str) -> Result<Vec<String>, Error> {
        let text = |v| if let Value::Text(t) = v { Some(t.into_owned()) } else { None };
        let texts: Option<Vec<String>> = self.list(name).into_iter().map(text).collect();
        texts.ok_or_else(|| self.wrong(name, "has members that are no text"))
    }
}
