// The words that names are made of. All companies and people are invented.

export const GIVEN_NAMES: readonly string[] = (
  'Ada Amir Anneli Beatriz Bram Chiara Chidi Dalia Emeka Elif Farah Goran Hana Hugo Ines Ivan Jana ' +
  'Jonas Kaito Katya Lars Leila Mara Mateo Nadia Nikhil Oren Petra Priya Quentin Rosa Sami Tariq ' +
  'Uma Vera Wei Ximena Zofia'
).split(' ');

export const FAMILY_NAMES: readonly string[] = (
  'Abara Almeida Bergman Castel Dvorak Eriksen Farouk Grahn Haddad Ishida Jansen Kowal Lindqvist ' +
  'Moreau Nakamura Okafor Papadakis Quiroga Rahman Silva Tanaka Ulrich Vance Weiss Yilmaz Zeman'
).split(' ');

export const ADJECTIVES: readonly string[] = (
  'amber brisk calm dapper early fair gentle hollow inner jolly keen lunar mellow narrow open ' +
  'plain quiet rapid solid tidal upper vivid warm young'
).split(' ');

export const NOUNS: readonly string[] = (
  'anchor beacon canal depot engine ferry garden harbor island jetty kiln ledger meadow notice ' +
  'orchard portal quarry relay signal tunnel vessel wharf'
).split(' ');

export const PUBLISHERS: readonly string[] = (
  'Brightdesk Cloudlane Formkit Gridwell Loopnote Mailpost Notary Planwise Signwell Taskline ' + 'Zipflow'
).split(' ');
