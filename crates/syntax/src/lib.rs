//! How it is said: sentences, tokens, tags, lemmas, dependency trees and names
