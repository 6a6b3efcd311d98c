"""Names whose class is known beforehand, from the project's knowledge tables and a list of organisations."""
import collections, pathlib

ORGANISATIONS = '''UN;U.N.;United Nations;EU;E.U.;European Union;NATO;Nato;African Union;AU;Arab League;ASEAN;OSCE;OPEC;Opec;IMF;International Monetary Fund;
World Bank;WTO;World Trade Organization;WHO;World Health Organization;IAEA;International Atomic Energy Agency;UNHCR;UNICEF;Unicef;UNESCO;Unesco;
FAO;UNRWA;ICC;International Criminal Court;ICRC;Red Cross;Red Crescent;OPCW;FIFA;Fifa;UEFA;Interpol;Europol;Security Council;U.N. Security Council;
UN Security Council;General Assembly;European Commission;European Parliament;European Council;European Central Bank;ECB;Bundestag;Bundeswehr;
Congress;Senate;House of Representatives;House of Commons;House of Lords;Parliament;Knesset;Duma;State Duma;Lok Sabha;Rajya Sabha;Majlis;
National Assembly;Supreme Court;High Court;Constitutional Court;Kremlin;Pentagon;White House;State Department;Treasury Department;Justice Department;
Department of State;Department of Justice;Department of Defense;Homeland Security;FBI;CIA;NSA;IRS;EPA;FDA;CDC;NASA;FCC;SEC;NIH;DEA;DHS;DOJ;FEMA;
Federal Reserve;Fed;Foreign Office;Home Office;Scotland Yard;MI5;MI6;Mossad;Shin Bet;IDF;Israel Defense Forces;ISI;RAW;CBI;BJP;RSS;VHP;SIT;
Bharatiya Janata Party;Congress Party;AIADMK;DMK;BSP;CPI;CPM;TMC;NCP;AAP;Republican Party;Democratic Party;GOP;RNC;DNC;Republican National Committee;
Democratic National Committee;Tea Party;Labour Party;Conservative Party;Liberal Democrats;UKIP;Ukip;SNP;Scottish National Party;Sinn Fein;IRA;ETA;
PKK;YPG;SDF;Hamas;Fatah;PLO;Hezbollah;Hizbullah;Hizbollah;Muslim Brotherhood;Taliban;al-Qaeda;al-Qaida;Al-Qaeda;Al Qaeda;al Qaeda;Isis;ISIS;ISIL;Isil;
Islamic State;Boko Haram;al-Shabab;al-Shabaab;Lashkar-e-Taiba;Jaish-e-Mohammed;Houthis;FARC;Farc;ELN;ANC;African National Congress;Zanu-PF;MDC;
Communist Party;AKP;CHP;HDP;Likud;Kadima;PPP;PML-N;PTI;BNP;Awami League;Fidesz;AfD;CDU;CSU;SPD;Revolutionary Guards;Revolutionary Guard;
Free Syrian Army;Al-Nusra Front;Nusra Front;Reuters;AFP;Associated Press;AP;BBC;CNN;Fox News;MSNBC;NBC;CBS;ABC;NPR;PBS;ESPN;Al Jazeera;Al-Jazeera;
Xinhua;TASS;Tass;Interfax;RT;Sputnik;Bloomberg;Politico;Breitbart;BuzzFeed;Huffington Post;New York Times;The New York Times;Washington Post;
The Washington Post;Wall Street Journal;The Guardian;Guardian;The Times;Financial Times;Daily Mail;Daily Telegraph;USA Today;The Hindu;Times of India;
Wikinews;Wikipedia;Google;Facebook;Twitter;Apple;Microsoft;Amazon;Netflix;YouTube;Uber;Tesla;Boeing;Airbus;Volkswagen;Toyota;Samsung;Huawei;Sony;
Exxon;ExxonMobil;Shell;BP;Gazprom;Rosneft;Goldman Sachs;JPMorgan;Citigroup;Deutsche Bank;HSBC;Lehman Brothers;Walmart;Wal-Mart;Ford;General Motors;
Amnesty International;Human Rights Watch;Greenpeace;Oxfam;Médecins Sans Frontières;Doctors Without Borders;Transparency International;
Planned Parenthood;NRA;National Rifle Association;ACLU;NAACP;AARP;AFL-CIO;Ku Klux Klan;KKK;Black Lives Matter;Clinton Foundation;Trump Organization;
Harvard;Yale;Oxford University;Harvard University;Pew Research Center;Gallup;Quinnipiac;Super PAC;Manchester United;Liverpool;Arsenal;Chelsea'''

PATTERN = {'Ministry', 'University', 'Party', 'Council', 'Committee', 'Commission', 'Agency', 'Bank', 'Corporation', 'Corp.', 'Corp', 'Inc.', 'Inc', 'Ltd',
           'Ltd.', 'Group', 'Association', 'Federation', 'Union', 'Court', 'Institute', 'Authority', 'Army', 'Front', 'Movement', 'Organization', 'Organisation',
           'Department', 'Assembly', 'Parliament', 'Senate', 'Congress', 'Forces', 'Company', 'Co.', 'Foundation', 'League', 'Alliance', 'Coalition', 'Brigade',
           'Brigades', 'Times', 'Post', 'Journal', 'Tribune', 'Herald', 'News', 'Airlines', 'Airways', 'Bureau', 'Board', 'Fund', 'Network', 'College', 'School',
           'Society', 'Centre', 'Center', 'Guard', 'Guards', 'Navy', 'Police', 'Office', 'Service', 'Services', 'FC', 'PAC', 'Trust', 'Church', 'Media'}


def _rows(path):
    for line in open(path, encoding='utf8'):
        if line.strip() and not line.startswith('#'):
            yield line.rstrip('\n').split('\t')


def load(folder):
    """{name: class} of names, {surname} of politicians; ambiguous names are left out"""
    folder, classes, surnames = pathlib.Path(folder), collections.defaultdict(set), set()
    split = lambda s: [x.strip() for x in s.replace('|', ';').split(';') if x.strip()]
    for c in _rows(folder / 'countries.tsv'):
        c += [''] * 12
        for name in [c[1]] + split(c[4]) + split(c[8] if len(c[8]) > 1 else '') + split(c[9]):
            classes[name].add('LOC')
        for name in split(c[5]) + split(c[6]) + split(c[7]) + split(c[8]):
            if not name.isupper():
                classes[name].add('NORP')
    for c in _rows(folder / 'demonyms_extra.tsv'):
        for name in c[:3]:
            classes[name].add('NORP')
    for c in _rows(folder / 'places' / 'regions.tsv'):
        for name in [c[0]] + split(c[6] if len(c) > 6 else ''):
            classes[name].add('ORG' if c[1] == 'union' else 'LOC')
    for c in _rows(folder / 'places' / 'aliases.tsv'):
        for name in split(c[1]):
            classes[name].add('LOC')
    for path in sorted((folder / 'persons').glob('*.tsv')):
        for c in _rows(path):
            c += [''] * 9
            for name in [c[0]] + split(c[1]):
                if ' ' in name:
                    classes[name].add('PER')
            surnames.update(split(c[8]) or [c[0].split()[-1]])
    for name in ORGANISATIONS.replace('\n', '').split(';'):
        classes[name.strip()] = {'ORG'}
    capital = lambda n: n[:1].isupper() or n.startswith('al')
    table = {n: next(iter(k)) for n, k in classes.items() if n and capital(n) and len(k) == 1}
    table.update({n.replace('-', ' - '): k for n, k in table.items() if '-' in n})
    return table, {s for s in surnames if s not in table and s[:1].isupper()}
