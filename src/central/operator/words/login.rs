//! Words of the login page.

words! {
    TITLE = "Masuk sebagai operator", "Log in as an operator";
    LEAD = "Untuk petugas KPU di pusat data. Setiap tindakan dicatat dengan nama dan waktunya.", "For KPU's staff at central. Every act is written down with name and time.";
    NAME = "Nama", "Name";
    PASSWORD = "Kata sandi", "Password";
    ENTER = "Masuk", "Log in";
}
