//! The codebook: PLOVER types and modes, statuses, contexts, sectors, countries, and their scores.

use serde::{Deserialize, Serialize};

named_enum! {
    /// One of the 16 PLOVER event types.
    pub enum EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE",
        Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT",
        Threaten = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE",
        Assault = "ASSAULT",
    }
}

impl EventType {
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub const fn quad(self) -> u8 {
        use EventType::{
            Accuse, Agree, Aid, Concede, Consult, Cooperate, Reject, Request, Retreat, Support, Threaten,
        };
        match self {
            Agree | Consult | Support | Concede => 1,
            Cooperate | Aid | Retreat => 2,
            Request | Accuse | Reject | Threaten => 3,
            _ => 4,
        }
    }

    /// Score of the type without a mode, from -10 (conflict) to +10 (cooperation).
    pub const fn score(self) -> f32 {
        match self {
            EventType::Agree | EventType::Consult => 2.5,
            EventType::Support => 5.0,
            EventType::Concede => 4.5,
            EventType::Cooperate => 9.5,
            EventType::Aid => 10.0,
            EventType::Retreat => 6.5,
            EventType::Request => 0.0,
            EventType::Accuse => -3.0,
            EventType::Reject => -2.0,
            EventType::Threaten => -3.5,
            EventType::Protest => -5.0,
            EventType::Sanction => -6.0,
            EventType::Mobilize => -5.5,
            EventType::Coerce => -7.0,
            EventType::Assault => -9.0,
        }
    }

    /// The CAMEO root or nearest code of the type without a mode.
    pub const fn cameo(self) -> &'static str {
        match self {
            EventType::Agree => "030",
            EventType::Consult => "040",
            EventType::Support => "050",
            EventType::Concede => "080",
            EventType::Cooperate => "060",
            EventType::Aid => "070",
            EventType::Retreat => "084",
            EventType::Request => "100",
            EventType::Accuse => "110",
            EventType::Reject => "120",
            EventType::Threaten => "130",
            EventType::Protest => "140",
            EventType::Sanction => "160",
            EventType::Mobilize => "150",
            EventType::Coerce => "170",
            EventType::Assault => "190",
        }
    }
}

macro_rules! modes {
    ($($variant:ident = $text:literal, $typ:ident, $score:literal, $cameo:literal;)+) => {
        /// A PLOVER mode together with the type it belongs to: `withdraw` of RETREAT is not `withdraw` of SANCTION.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Mode { $(#[doc = concat!("`", $text, "` of ", stringify!($typ), ".")] $variant),+ }

        impl Mode {
            /// Every mode.
            pub const ALL: &'static [Mode] = &[$(Mode::$variant),+];

            /// The word of the codebook.
            pub const fn as_str(self) -> &'static str { match self { $(Mode::$variant => $text),+ } }

            /// The type it belongs to.
            pub const fn event_type(self) -> EventType { match self { $(Mode::$variant => EventType::$typ),+ } }

            /// Its score, from -10 to +10.
            pub const fn score(self) -> f32 { match self { $(Mode::$variant => $score),+ } }

            /// The nearest CAMEO code.
            pub const fn cameo(self) -> &'static str { match self { $(Mode::$variant => $cameo),+ } }
        }
    };
}

modes! {
    Visit = "visit", Consult, 4.0, "042";
    ThirdParty = "third-party", Consult, 1.0, "045";
    Multilateral = "multilateral", Consult, 4.0, "046";
    Phone = "phone", Consult, 1.5, "041";
    RetreatWithdraw = "withdraw", Retreat, 8.0, "0873";
    Release = "release", Retreat, 6.5, "0841";
    Disarm = "disarm", Retreat, 10.0, "0874";
    Ceasefire = "ceasefire", Retreat, 7.5, "0871";
    Access = "access", Retreat, 6.5, "0861";
    Resign = "resign", Retreat, 4.5, "0831";
    RequestAssist = "assist", Request, 0.5, "023";
    RequestChange = "change", Request, -1.0, "104";
    RequestYield = "yield", Request, -1.0, "105";
    RequestMeet = "meet", Request, 0.0, "026";
    Disapprove = "disapprove", Accuse, -2.0, "111";
    Investigate = "investigate", Accuse, -3.5, "090";
    Allege = "allege", Accuse, -3.5, "112";
    RejectAssist = "assist", Reject, -1.5, "122";
    RejectChange = "change", Reject, -2.0, "123";
    RejectYield = "yield", Reject, -2.0, "124";
    RejectMeet = "meet", Reject, -2.0, "125";
    ThreatenRestrict = "restrict", Threaten, -3.0, "132";
    ThreatenArrest = "arrest", Threaten, -3.5, "137";
    ThreatenRelations = "relations", Threaten, -3.5, "131";
    ThreatenExpel = "expel", Threaten, -3.5, "137";
    ThreatenTerritory = "territory", Threaten, -4.0, "1382";
    ThreatenViolence = "violence", Threaten, -3.5, "138";
    Demo = "demo", Protest, -5.0, "141";
    Riot = "riot", Protest, -7.0, "145";
    Strike = "strike", Protest, -5.0, "143";
    Hunger = "hunger", Protest, -4.5, "142";
    Boycott = "boycott", Protest, -4.5, "143";
    Obstruct = "obstruct", Protest, -4.5, "144";
    Convict = "convict", Sanction, -6.0, "160";
    Expel = "expel", Sanction, -5.5, "166";
    SanctionWithdraw = "withdraw", Sanction, -6.0, "164";
    Discontinue = "discontinue", Sanction, -6.0, "162";
    Troops = "troops", Mobilize, -6.5, "152";
    Weapons = "weapons", Mobilize, -6.5, "154";
    Police = "police", Mobilize, -5.5, "151";
    Militia = "militia", Mobilize, -6.0, "155";
    Seize = "seize", Coerce, -7.0, "171";
    Restrict = "restrict", Coerce, -7.0, "172";
    Ban = "ban", Coerce, -7.0, "1722";
    Censor = "censor", Coerce, -6.5, "1721";
    Curfew = "curfew", Coerce, -6.5, "1723";
    MartialLaw = "martial-law", Coerce, -7.5, "1724";
    Arrest = "arrest", Coerce, -7.0, "173";
    Deport = "deport", Coerce, -7.0, "174";
    Withhold = "withhold", Coerce, -7.0, "172";
    Misinformation = "misinformation", Coerce, -6.5, "170";
    Cyber = "cyber", Coerce, -7.0, "176";
    Abduct = "abduct", Assault, -8.5, "181";
    Beat = "beat", Assault, -7.5, "182";
    Torture = "torture", Assault, -8.5, "1822";
    Sexual = "sexual", Assault, -8.5, "1821";
    Targeted = "targeted", Assault, -9.5, "186";
    Destroy = "destroy", Assault, -8.5, "171";
    Primitive = "primitive", Assault, -8.0, "180";
    Firearms = "firearms", Assault, -9.0, "193";
    Explosives = "explosives", Assault, -9.0, "183";
    SuicideAttack = "suicide-attack", Assault, -9.5, "1831";
    Aerial = "aerial", Assault, -9.5, "195";
    Drone = "drone", Assault, -9.5, "195";
    HeavyWeapons = "heavy-weapons", Assault, -9.5, "194";
    CrowdControl = "crowd-control", Assault, -7.5, "175";
    Unconventional = "unconventional", Assault, -10.0, "204";
}

impl Mode {
    /// The mode of `event_type` with this word.
    ///
    /// ```
    /// use dateline_core::{EventType, Mode};
    /// assert_eq!(Mode::of(EventType::Retreat, "withdraw"), Some(Mode::RetreatWithdraw));
    /// assert_eq!(Mode::of(EventType::Aid, "withdraw"), None);
    /// ```
    pub fn of(event_type: EventType, word: &str) -> Option<Mode> {
        Self::ALL.iter().copied().find(|m| m.event_type() == event_type && m.as_str() == word)
    }
}

impl Serialize for Mode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

named_enum! {
    /// Whether the act took place.
    pub enum Status {
        Happened = "happened", Ongoing = "ongoing", Planned = "planned", Hypothetical = "hypothetical", Denied = "denied",
    }
}

named_enum! {
    /// Sector of a party.
    pub enum Sector {
        Gov = "GOV", Mil = "MIL", Spy = "SPY", Jud = "JUD", Leg = "LEG", Cop = "COP", Reb = "REB", Opp = "OPP", Pty = "PTY",
        Civ = "CIV", Bus = "BUS", Med = "MED", Ngo = "NGO", Igo = "IGO", Edu = "EDU", Rel = "REL", Crm = "CRM", Unk = "UNK",
    }
}

named_enum! {
    /// Kind of an entity.
    pub enum EntityKind {
        Person = "person", Organization = "organization", Group = "group", Country = "country", Place = "place",
    }
}

named_enum! {
    /// How a source's word reached the report.
    pub enum SourceKind {
        Direct = "direct", Indirect = "indirect", AccordingTo = "according_to", Reportedly = "reportedly",
    }
}

named_enum! {
    /// What a source does with the content.
    pub enum Stance {
        Says = "says", Claims = "claims", Denies = "denies", Confirms = "confirms", Expects = "expects", Fears = "fears",
    }
}

named_enum! {
    /// What the passage around an event is about.
    pub enum Context {
        Military = "military", Intelligence = "intelligence", Executive = "executive", Legislative = "legislative",
        Election = "election", PoliticalInstitutions = "political_institutions", ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy", Economic = "economic", Legal = "legal", Reparations = "reparations",
        HumanRights = "human_rights", RightsFreedoms = "rights_freedoms", Repression = "repression",
        HumanSecurity = "human_security", Gender = "gender", Lgbt = "lgbt", ReligionEthnicity = "religion_ethnicity",
        Inequality = "inequality", Diplomatic = "diplomatic", Territory = "territory", Peacekeeping = "peacekeeping",
        Health = "health", Asylum = "asylum", Migration = "migration", Disasters = "disasters",
        NaturalResource = "natural_resource", Environment = "environment", Technology = "technology",
        Terrorism = "terrorism", Cbrn = "cbrn", Cyber = "cyber", Misinformation = "misinformation", Crime = "crime",
        Corruption = "corruption", IllegalDrugs = "illegal_drugs", Trafficking = "trafficking",
    }
}

/// ISO 3166-1 alpha-3 code, or a code of a dissolved state.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 3]);

impl Country {
    /// The code, if it is three capital letters.
    ///
    /// ```
    /// assert!(dateline_core::Country::new("PSE").is_some());
    /// assert!(dateline_core::Country::new("ps").is_none());
    /// ```
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl std::fmt::Debug for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Country::new(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no country code")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_is_found_by_its_type_and_word() {
        for &m in Mode::ALL {
            let found = Mode::of(m.event_type(), m.as_str()).unwrap();
            assert_eq!(found, m);
        }
    }

    #[test]
    fn there_are_37_contexts_and_16_types() {
        assert_eq!(Context::ALL.len(), 37);
        assert_eq!(EventType::ALL.len(), 16);
    }
}
