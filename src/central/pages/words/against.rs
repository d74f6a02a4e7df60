//! What is against the rules about a record, as the public reads it.

words! {
    NOT_OPENED = "Catatan pertama bukan pembukaan TPS.", "The first record is not the opening of the polling station.";
    ALREADY_OPENED = "TPS dibuka untuk kedua kalinya.", "The polling station was opened a second time.";
    OTHER_ELECTION = "TPS dibuka dengan berkas pemilihan lain.", "The polling station was opened with another election file.";
    NEEDS_BOTH = "Hanya satu petugas menandatangani yang harus ditandatangani berdua.", "One officer alone signed what both have to sign.";
    NEEDS_ONE = "Kedua petugas menandatangani yang dilakukan satu petugas.", "Both officers signed what one officer does.";
    UNKNOWN_CONTEST = "Pemilihan yang disebut tidak ada.", "There is no contest of that name.";
    UNKNOWN_PAGE = "Halaman yang disebut tidak ada pada formulir.", "The form has no such page.";
    OTHERS_TURN = "Seorang petugas membaca sebelum gilirannya.", "An officer read before it was their turn.";
    WRONG_REVISION = "Revisi bukan yang berikutnya; seharusnya {}.", "The revision is not the next one, which is {}.";
    WRONG_ROUND = "Putaran pembacaan bukan yang ditunggu; seharusnya putaran {}.", "The round of the reading is not the one that was due, which is round {}.";
    NOT_THIS_FORM = "Kotak yang diisi bukan kotak formulir ini.", "The boxes are not those of this form.";
    CHANGED_BOX = "Kotak {} berubah, padahal tidak dibaca ulang.", "Box {} has changed although it was not read again.";
    ANSWERS = "Jawaban tidak sesuai dengan temuannya: {}.", "The answers do not fit the findings: {}.";
    UNANSWERED = "Temuan foto belum dijawab: {}.", "Findings about a photo have no answer: {}.";
    PHOTO_LENGTH = "Ukuran berkas foto nol atau melebihi batas.", "The size of a photo is zero or over the limit.";
    LIGHT_LENGTH = "Ukuran salinan ringan sebuah foto nol atau melebihi batas.", "The size of a photo's light copy is zero or over the limit.";
    PHOTO_AGAIN = "Foto yang sama direkam dua kali untuk halaman yang sama.", "The same photo was recorded twice for one page.";
    PHOTO_ELSEWHERE = "Foto yang sama juga direkam untuk yang lain, tanpa alasan.", "The same photo was recorded for something else too, without a reason.";
    NOTHING_TO_REPLACE = "Foto yang disebut diganti tidak berlaku untuk halaman ini.", "The photo that is said to be replaced is not in force for this page.";
    NOT_AGREED = "Hasil disegel sebelum kedua pembacaan sama.", "The result was sealed before the two readings were equal.";
    OTHER_READINGS = "Hasil tidak menyebut dua pembacaan terakhir.", "The result does not name the two last readings.";
    REASON = "Alasan tidak ada, atau ada di tempat yang tidak memerlukannya.", "A reason is missing, or stands where none belongs.";
    PAGES = "Tidak setiap halaman disebut sekali, dengan foto atau alasan.", "Not every page is named once, with a photo or a reason.";
    PHOTO_UNKNOWN = "Foto suatu halaman tidak direkam untuk halaman itu.", "The photo of a page was not recorded for that page.";
    RESULT_UNKNOWN = "Salinan diberikan dari hasil yang tidak ada.", "A copy was given of a result that does not exist.";
    NO_SUCH_PAIR = "Salinan untuk saksi pasangan calon yang tidak ada.", "A copy for the saksi of a pair that does not stand.";
    EMPTY_TEXT = "Catatan kejadian khusus kosong.", "The text of an incident is empty.";
    WRONG_COUNTS = "Penutupan menyebut jumlah catatan, foto atau hasil yang lain dari yang ada.", "The closing counts other records, photos or results than there are.";
    UNSEALED = "Penutupan tidak menyebut mengapa suatu formulir tidak disegel.", "The closing does not say why a form is not sealed.";
}
