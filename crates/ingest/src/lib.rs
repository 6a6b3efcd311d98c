//! What the page really said: text and HTML to title, body, dateline and date
