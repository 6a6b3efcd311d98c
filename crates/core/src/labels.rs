//! Labels of the English model: part of speech, dependency relation, name class.

/// A name that its closed list does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {kind} `{name}`")]
pub struct UnknownName {
    /// The list that was asked.
    pub kind: &'static str,
    /// What was asked for.
    pub name: String,
}

named_enum! {
    /// Universal part of speech.
    pub enum Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

named_enum! {
    /// Penn Treebank tag, as UD English keeps it; it carries tense and number.
    pub enum Xpos {
        Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS",
        Md = "MD", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS", Prp = "PRP",
        PrpPoss = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB",
        Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP", WpPoss = "WP$",
        Wrb = "WRB", Hyph = "HYPH", Nfp = "NFP", Add = "ADD", Afx = "AFX", Gw = "GW", Xx = "XX", Lrb = "-LRB-",
        Rrb = "-RRB-", Open = "``", Close = "''", Comma = ",", Stop = ".", Colon = ":", Dollar = "$", Hash = "#",
    }
}

named_enum! {
    /// Universal dependency relation, with the English subtypes.
    pub enum Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj",
        Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
        Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl",
        OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

named_enum! {
    /// Class of a name.
    pub enum NameClass {
        Person = "PER", Organization = "ORG", Location = "LOC", Norp = "NORP",
    }
}

/// A token's place in a name: outside, first or inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameTag {
    /// No name.
    #[default]
    Outside,
    /// First token of a name of this class.
    Begin(NameClass),
    /// Further token of a name of this class.
    Inside(NameClass),
}

impl NameTag {
    /// The class, if the token belongs to a name.
    pub const fn class(self) -> Option<NameClass> {
        match self {
            NameTag::Outside => None,
            NameTag::Begin(c) | NameTag::Inside(c) => Some(c),
        }
    }
}

impl std::str::FromStr for NameTag {
    type Err = UnknownName;
    fn from_str(s: &str) -> Result<Self, UnknownName> {
        match s.split_once('-') {
            Some(("B", class)) => Ok(NameTag::Begin(class.parse()?)),
            Some(("I", class)) => Ok(NameTag::Inside(class.parse()?)),
            _ if s == "O" => Ok(NameTag::Outside),
            _ => Err(UnknownName { kind: "NameTag", name: s.to_owned() }),
        }
    }
}

impl std::fmt::Display for NameTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NameTag::Outside => f.write_str("O"),
            NameTag::Begin(c) => write!(f, "B-{c}"),
            NameTag::Inside(c) => write!(f, "I-{c}"),
        }
    }
}

impl Deprel {
    /// The relation without its subtype: `nsubj:pass` becomes `nsubj`.
    pub fn base(self) -> &'static str {
        let name = self.as_str();
        name.split_once(':').map_or(name, |(base, _)| base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_reads_back() {
        for &d in Deprel::ALL {
            assert_eq!(d.as_str().parse::<Deprel>().unwrap(), d);
        }
        for &x in Xpos::ALL {
            assert_eq!(x.as_str().parse::<Xpos>().unwrap(), x);
        }
        assert_eq!("B-NORP".parse::<NameTag>().unwrap(), NameTag::Begin(NameClass::Norp));
        assert!("B-XYZ".parse::<NameTag>().is_err());
    }
}
