//! Who is meant: names, titles and pronouns to entities with office, country and sector
