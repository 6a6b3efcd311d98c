"""Treebanks and name corpora as sentences."""
import dataclasses, re

NER = ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC', 'B-NORP', 'I-NORP']


@dataclasses.dataclass
class Sentence:
    """Words with their annotation; a layer that was not annotated is None."""
    forms: list
    upos: list = None
    xpos: list = None
    heads: list = None
    deprels: list = None
    ner: list = None
    weight: float = 1.0
    misc: list = None


def conllu(path, entities=False):
    """Sentences of a CoNLL-U file, names from Entity= in MISC if asked."""
    out, rows, state = [], [], {}
    for line in open(path, encoding='utf8'):
        line = line.rstrip('\n')
        if line.startswith('#'):
            if line.startswith('# newdoc'):
                state = {}
        elif line:
            c = line.split('\t')
            if c[0].isdigit():
                rows.append(c)
        elif rows:
            s = Sentence([c[1] for c in rows], [c[3] for c in rows], [c[4] for c in rows], [int(c[6]) for c in rows],
                         [c[7] for c in rows], misc=[c[9] for c in rows])
            if entities:
                s.ner = gum_names(s, state)
            s.misc = None
            out.append(s)
            rows = []
    return out


TITLES = set('''president vice minister prime secretary general mr mr. mrs mrs. ms ms. dr dr. sir lord lady sen sen. senator rep
rep. representative congressman congresswoman gov gov. governor king queen prince princess chancellor judge justice colonel col.
captain capt. lieutenant lt. lt sergeant sgt. major maj. gen. admiral chairman chairwoman chief director professor prof. prof rev.
reverend pope bishop father sheikh ambassador mayor speaker councillor commissioner deputy attorney foreign state uncle aunt
saint emperor duke first former ex'''.split())
_STATES = set('''Afghanistan Argentina Australia Austria Belgium Brazil Canada China Cuba Denmark Egypt England France Germany Greece India
Indonesia Iran Iraq Ireland Israel Italy Japan Korea Kuwait Lebanon Libya Mexico Netherlands Nigeria Norway Pakistan Panama Poland Portugal
Russia Scotland Spain Sudan Sweden Switzerland Syria Taiwan Thailand Turkey Ukraine Vietnam Wales Yemen America U.S. US UK U.K. USA
Britain Hungary Denmark Finland Romania Serbia Croatia Kenya Ghana Singapore Malaysia Philippines'''.split()) | {
    'South Korea', 'North Korea', 'Saudi Arabia', 'New Zealand', 'Sri Lanka', 'United States', 'United Kingdom', 'Hong Kong', 'South Africa'}
_LINK = {'of', 'the', 'for', 'de', 'la', 'al', 'and', '&', 'on', 'in', "'s", '-', '–', 'del', 'von', 'van', 'der', 'du', 'bin', 'el'}


def gum_names(s, state):
    """BIO tags of named persons, places and organisations: the capitalised run around a proper head."""
    n, open_, spans = len(s.forms), {}, []
    for i, misc in enumerate(s.misc):
        m = re.search(r'(?:^|\|)Entity=([^|]*)', misc)
        if not m:
            continue
        for b, body, e in re.findall(r'(\()?([^()]+)(\))?', m[1]):
            ident = body.split('-')[0]
            if b:
                kind = body.split('-')[1] if '-' in body else ''
                if e:
                    spans.append((i, i + 1, kind))
                else:
                    open_.setdefault(ident, []).append((i, kind))
            elif e and open_.get(ident):
                a, kind = open_[ident].pop()
                spans.append((a, i + 1, kind))
    tags, taken = ['O'] * n, [False] * n
    names = []
    for a, b, kind in spans:
        k = {'person': 'PER', 'place': 'LOC', 'organization': 'ORG'}.get(kind)
        heads = [i for i in range(a, b) if not a < s.heads[i] <= b]
        if not k or not heads or s.upos[heads[0]] != 'PROPN':
            continue
        h = heads[0]
        lo, hi = h, h + 1
        big = lambda i: s.forms[i][:1].isupper() and s.upos[i] in ('PROPN', 'ADJ', 'NOUN', 'NUM', 'VERB', 'X')
        link = {'-', '–', 'al', 'bin', 'de', 'van', 'von', 'der', 'la', 'el', 'del', 'du'} if k == 'PER' else _LINK
        while lo > a and (big(lo - 1) or s.forms[lo - 1].lower() in link and lo - 1 > a and big(lo - 2)):
            lo -= 1
        while hi < b and (big(hi) or s.upos[hi] == 'NUM' and s.deprels[hi] in ('nummod', 'flat') or s.forms[hi].lower() in link and (
                hi + 1 < b and big(hi + 1) or hi + 2 < b and s.forms[hi + 1].lower() in link and big(hi + 2))):
            hi += 1
        if k == 'ORG' and ' '.join(s.forms[lo:hi]) in _STATES:
            k = 'LOC'
        if k == 'PER':
            while hi - lo > 1 and s.forms[lo] in DEMONYMS:
                lo += 1
            if s.forms[hi - 1] in DEMONYMS or s.forms[lo] in ('African', 'Native'):
                continue
            while hi - lo > 1 and s.forms[lo].lower() in TITLES:
                lo += 1
            if hi - lo == 1 and s.forms[lo].lower() in TITLES or any(s.forms[i].lower() == "'s" for i in range(lo, hi)):
                continue
        names.append((lo, hi, k))
    for lo, hi, k in sorted(names, key=lambda x: x[0] - x[1]):
        if not any(taken[lo:hi]):
            for i in range(lo, hi):
                tags[i], taken[i] = ('B-' if i == lo else 'I-') + k, True
    return demonyms(s.forms, tags, s.upos)


_KIND = {'person': 'PER', 'politician': 'PER', 'organisation': 'ORG', 'organization': 'ORG', 'politicalparty': 'ORG',
         'location': 'LOC', 'country': 'LOC', 'place': 'LOC', 'per': 'PER', 'loc': 'LOC', 'org': 'ORG', 'norp': 'NORP', 'facility': 'LOC'}


def bio(path):
    """Sentences of a two-column BIO file, classes folded to ours."""
    out, forms, tags, last = [], [], [], None
    for line in list(open(path, encoding='utf8')) + ['\n']:
        line = line.rstrip('\n')
        if not line.strip():
            if forms:
                out.append(Sentence(forms, ner=demonyms(forms, tags)))
            forms, tags, last = [], [], None
            continue
        if line.startswith('#') or line.startswith('-DOCSTART-'):
            continue
        form, tag = line.split('\t')[0], line.split('\t')[-1]
        k = _KIND.get(tag[2:].lower()) if tag[:2] in ('B-', 'I-') else None
        forms.append(form)
        tags.append('O' if k is None else ('I-' if tag[0] == 'I' and last == k else 'B-') + k)
        last = k
    return out


def demonyms(forms, tags, upos=None):
    """Marks words that name the people of a country, a faith or a party, where no other name stands."""
    lone = {'B-PER', 'B-LOC', 'O'}
    for i, f in enumerate(forms):
        whole = tags[i] in lone and (i + 1 == len(tags) or not tags[i + 1].startswith('I-'))
        if f in DEMONYMS and whole and (upos is None or upos[i] in ('ADJ', 'PROPN', 'NOUN')):
            tags[i] = 'B-NORP'
            if i and forms[i - 1] in _BEFORE and tags[i - 1] in ('O', 'B-LOC', 'B-NORP'):
                tags[i - 1:i + 1] = ['B-NORP', 'I-NORP']
    return tags


_BEFORE = set('South North West East Central Southern Northern Western Eastern Latin Costa Puerto Sierra Saudi Sri New Burkina'.split())
_NATIONS = '''Afghan Albanian Algerian American Andorran Angolan Argentine Argentinian Armenian Australian Austrian Azerbaijani Azeri
Bahraini Bangladeshi Bavarian Belarusian Belarussian Belgian Bengali Beninese Bolivian Bosnian Brazilian Bulgarian Burundian
Californian Cambodian Cameroonian Canadian Catalan Chadian Chechen Chilean Colombian Congolese Croatian Croat Cuban Cypriot Czech Dane
Dominican Ecuadorian Ecuadorean Egyptian Eritrean Estonian Ethiopian European Fijian Filipino Finn Floridian Gambian Gazan Georgian German
Ghanaian Greek Guatemalan Guinean Haitian Honduran Hungarian Icelander Indian Indonesian Iranian Iraqi Israeli Italian Ivorian
Jamaican Jordanian Kashmiri Kazakh Kazakhstani Kenyan Korean Kosovar Kurd Kuwaiti Kyrgyz Lao Laotian Latvian Liberian Libyan Lithuanian
Macedonian Malagasy Malawian Malaysian Maldivian Malian Maltese Mauritanian Mauritian Mexican Moldovan Mongolian Montenegrin
Moroccan Mozambican Namibian Nepali Nicaraguan Nigerian Nigerien Norwegian Omani Pakistani Palestinian Panamanian Papuan
Paraguayan Parisian Persian Peruvian Pole Punjabi Qatari Roman Romanian Russian Rwandan Salvadoran Saudi Scot Serb Serbian Singaporean
Slav Slovak Slovakian Slovene Slovenian Somali Spaniard Swede Syrian Tajik Tanzanian Texan Thai Tibetan Tongan Tunisian Turk Turkmen
Ugandan Ukrainian Emirati Uruguayan Uzbek Venezuelan Yemeni Yemenite Yugoslav Zambian Zimbabwean Arab African Asian Caucasian
Scandinavian Balkan Sicilian Tatar Uighur Uyghur Zulu Hutu Tutsi Pashtun Tajik Hazara Houthi Rohingya Berber Hispanic Latino Latina
Muslim Christian Catholic Protestant Jew Sunni Shiite Shia Shi'ite Hindu Sikh Buddhist Mormon Evangelical Islamist Salafist Alawite
Druze Copt Yazidi Yezidi Maronite Lutheran Anglican Methodist Baptist Republican Democrat Communist Marxist Maoist Nazi Bolshevik Zionist
Peronist Baathist Ba'athist Sandinista Leninist Kemalist Tory Whig'''.split()
_ADJECTIVES = '''Danish Dutch English Finnish French British Irish Scottish Welsh Icelandic Polish Portuguese Chinese Japanese Spanish Swedish
Swiss Turkish Kurdish Jewish Islamic Taiwanese Vietnamese Burmese Sudanese Lebanese Senegalese Nepalese Maltese Beninese Togolese Gabonese
Congolese Sinhalese Javanese Cantonese Basque Flemish Slavic Germanic Hellenic Arabic Arabian Argentinean Colombian Greenlandic Luxembourgish
Rwandese Guyanese Surinamese Sri-Lankan Bhutanese Siamese Viking Coptic Orthodox Democratic Frenchman Frenchmen Englishman Englishmen
Irishman Irishmen Dutchman Scotsman Welshman Spaniards Tories Finns Swedes Poles Turks Kurds Quaker Quakers Amish Vatican Confederate
Ottoman Byzantine Soviet Soviets Philippine Afghanistani Bosniak Bosniaks Philippino Filipina Faroese Genoese Viennese Venetian Florentine
Milanese Nordic Baltic Andean Caribbean Antillean Creole Aboriginal Maori Inuit Cherokee Navajo Sioux Mayan Aztec Inca Hasidic Sephardic
Ashkenazi Ashkenazic Trotskyist Stalinist Fascist Fascists Liberals Conservatives Democratic-led Republican-led pro-Russian pro-Kremlin
anti-American pro-European Pan-Arab Afro-American African-American Israeli-Arab Anglo-Saxon Westerner Westerners Southerner Southerners
New-Zealander Leonean Rican Lankan Ricans Lankans Leoneans Zealander Zealanders Korean Koreans Kiwi Briton Britons Londoner Londoners Israelite Israelites Chicano Indo-European Sino-Soviet Euro-Atlantic'''.split()
_NOT = {'Democratic', 'Orthodox', 'Vatican', 'Confederate', 'Viking', 'Caribbean', 'Baltic', 'Pole', 'Euro-Atlantic', 'Kiwi'}
DEMONYMS = ({w for w in _NATIONS} | {w + 's' for w in _NATIONS} | set(_ADJECTIVES)) - _NOT
