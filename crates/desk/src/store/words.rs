//! What people type into a search box, as a query that the full-text index understands.

use crate::error::Refusal;

/// Most words of a search.
const MOST: usize = 24;

/// The query: every word must be there; `"a phrase"` as it stands, `word*` as a beginning, `OR` between two parts, `-word`
/// not at all.
pub(crate) fn query(text: &str) -> Result<String, Refusal> {
    let mut parts: Vec<String> = Vec::new();
    let mut without: Vec<String> = Vec::new();
    let mut words = 0;
    for (token, quoted) in tokens(text) {
        if token == "OR" && !quoted {
            if parts.last().is_some_and(|p| p != "OR") {
                parts.push(token.to_owned());
            }
            continue;
        }
        let (token, negated) = match token.strip_prefix('-') {
            Some(rest) if !quoted => (rest, true),
            _ => (token, false),
        };
        let (token, beginning) = match token.strip_suffix('*') {
            Some(rest) if !quoted => (rest, "*"),
            _ => (token, ""),
        };
        if !token.chars().any(char::is_alphanumeric) {
            continue;
        }
        words += 1;
        let part = format!("\"{}\"{beginning}", token.replace(['"', '\0'], " "));
        if negated { &mut without } else { &mut parts }.push(part);
    }
    if parts.last().is_some_and(|p| p == "OR") {
        parts.pop();
    }
    if parts.is_empty() {
        return Err(Refusal::bad("q: write at least one word that is to be found".to_owned()));
    }
    if words > MOST {
        return Err(Refusal::bad(format!("q: has {words} words; {MOST} are the most")));
    }
    let mut groups: Vec<String> = Vec::new();
    for group in parts.split(|p| p == "OR") {
        groups.push(group.join(" "));
    }
    let all = groups.iter().map(|g| format!("({g})")).collect::<Vec<_>>().join(" OR ");
    Ok(without.into_iter().fold(all, |query, word| format!("({query}) NOT {word}")))
}

/// Words and phrases, and whether they stood in quotation marks.
fn tokens(text: &str) -> Vec<(&str, bool)> {
    let mut tokens = Vec::new();
    for (k, part) in text.split('"').enumerate() {
        if k % 2 == 1 {
            tokens.push((part, true));
        } else {
            tokens.extend(part.split_whitespace().map(|w| (w, false)));
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::query;
    use proptest::prelude::*;

    #[test]
    fn words_phrases_beginnings() {
        assert_eq!(query("border post").unwrap(), r#"("border" "post")"#);
        assert_eq!(
            query(r#""border post" cease* OR truce"#).unwrap(),
            r#"("border post" "cease"*) OR ("truce")"#
        );
        assert_eq!(query("talks -peace").unwrap(), r#"(("talks")) NOT "peace""#);
        assert!(query(" -- * \" ").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_refused(text in "[a-zé\"*() :^+{}OR\\-]{0,40}") {
            if let Ok(query) = query(&text) {
                let db = rusqlite::Connection::open_in_memory().unwrap();
                db.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (x)").unwrap();
                let found: Result<i64, _> = db.query_row("SELECT count(*) FROM t WHERE t MATCH ?", [query], |r| r.get(0));
                prop_assert!(found.is_ok(), "{:?}", found);
            }
        }
    }
}
