//! Words of the page on which an officer is enrolled.

words! {
    TITLE = "Daftarkan petugas", "Enrol an officer";
    HELP = "Setiap petugas didaftarkan satu kali di laptop ini, dengan kode dari lembar KPU miliknya. Perlu jaringan.", "Each officer is enrolled once on this laptop, with the code on their own sheet from KPU. It needs a network.";
    ENROLLED = "sudah terdaftar; kode baru mengganti PIN yang terlupa", "enrolled already; a new code replaces a forgotten PIN";
    CODE = "Kode dari KPU", "Code from KPU";
    CODE_HELP = "Seperti tertulis di lembar; hanya berlaku satu kali.", "As written on the sheet; it works once.";
    PIN = "PIN baru", "New PIN";
    PIN_HELP = "Paling sedikit 6 angka atau 8 huruf. Jangan beri tahu siapa pun, juga rekan Anda.", "At least 6 digits or 8 characters. Tell nobody, not even your colleague.";
    AGAIN = "PIN baru sekali lagi", "New PIN once more";
    GO = "Daftarkan", "Enrol";
    REFUSED = "Pusat tidak menerima kode ini: salah ketik, sudah dipakai, diganti, atau kedaluwarsa. Periksa kodenya dan petugasnya, atau minta kode baru dari KPU.", "Central does not take this code: mistyped, used, replaced or expired. Check the code and the officer, or ask KPU for a new one.";
    LATER = "{} Kode tidak hangus: tekan “Daftarkan” lagi dengan PIN yang sama bila jaringan sudah ada.", "{} The code is not lost: press “Enrol” again with the same PIN when there is a network.";
    DIFFER = "Kedua PIN tidak sama; ketik lagi.", "The two PINs differ; type them again.";
    NOBODY_DELIVERS = "Halaman ini dijalankan tanpa sambungan ke pusat. Mulai dengan `plano station serve`.", "This page runs without a way to central. Start it with `plano station serve`.";
    ELSEWHERE = "Petugas hanya didaftarkan di laptop yang menjalankan Plano, bukan dari telepon.", "Officers are enrolled only on the laptop that runs Plano, not from a phone.";
}
