//! Words for places.

words! {
    HOME = "Depan", "Front page";
    NATION = "Indonesia", "Indonesia";
    PROVINSI = "Provinsi", "Province";
    KOTA = "Kabupaten/Kota", "Regency/City";
    KECAMATAN = "Kecamatan", "Kecamatan";
    KELURAHAN = "Kelurahan", "Kelurahan";
    TPS = "TPS {}", "TPS {}";
}
