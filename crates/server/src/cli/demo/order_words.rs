//! What people say of designs.

use domain::records::DesignType;

/// What is ordered, and what it shall be.
pub(super) const BRIEFS: &[(DesignType, &str)] = &[
    (DesignType::Logo, "Logo untuk kedai kopi keluarga di Malang. Suasana hangat, ada unsur biji kopi, jangan terlalu ramai."),
    (DesignType::Logo, "Logo koperasi nelayan: kapal dan ombak, dua warna saja supaya murah dicetak di kaus."),
    (DesignType::Logo, "Penyegaran logo klinik hewan; bentuk lama dipertahankan, hurufnya dibuat lebih modern."),
    (DesignType::Logo, "Logo untuk kanal podcast sejarah, harus terbaca sebagai ikon kecil."),
    (DesignType::Branding, "Identitas merek batik rumahan: nama, warna, label, dan kartu ucapan."),
    (DesignType::Branding, "Merek sambal kemasan yang mau masuk toko oleh-oleh Bali, lengkap dengan panduan warna."),
    (DesignType::Branding, "Penyatuan merek tiga cabang bengkel: papan nama, seragam, nota."),
    (DesignType::WebDesign, "Situs desa wisata: halaman depan, peta, galeri, dan cara memesan penginapan."),
    (DesignType::WebDesign, "Halaman pendaftaran kursus menjahit, ringan dibuka di ponsel."),
    (DesignType::WebDesign, "Toko daring untuk kerajinan rotan, sekitar empat puluh produk."),
    (DesignType::UiUx, "Aplikasi antrean puskesmas: layar pendaftaran dan layar panggil, mudah untuk lansia."),
    (DesignType::UiUx, "Perbaikan alur bayar aplikasi kasir warung, pengguna sering salah tekan."),
    (DesignType::PrintDesign, "Brosur lipat tiga untuk pameran properti, ukuran A4, siap cetak dengan bleed 3 mm."),
    (DesignType::PrintDesign, "Kemasan keripik singkong 100 gram, tiga rasa, aluminium foil."),
    (DesignType::PrintDesign, "Spanduk dan backdrop wisuda, 6 × 3 meter, warna kampus."),
    (DesignType::PrintDesign, "Buku menu restoran padang, delapan halaman, tahan minyak."),
    (DesignType::Dll, "Ilustrasi maskot untuk tim futsal, beberapa pose."),
    (DesignType::Dll, "Templat presentasi untuk calon investor, dua belas salindia."),
];

/// What else is needed.
pub(super) const NEEDS: &[&str] = &[
    "Berkas sumber (AI atau SVG) ikut diserahkan.",
    "Butuh versi hitam-putih untuk stempel.",
    "Contoh gaya yang disukai menyusul lewat WhatsApp.",
    "Harus ada ruang untuk logo halal dan nomor PIRT.",
    "Tolong siapkan dua pilihan konsep.",
    "Ukuran untuk Instagram dan spanduk sekaligus.",
];

/// What clients mean to spend, in whole rupiah.
pub(super) const BUDGETS: &[i64] = &[350_000, 500_000, 750_000, 1_250_000, 2_500_000, 4_000_000, 7_500_000, 15_000_000];

/// What the staff keeps in mind with an order.
pub(super) const KEPT: &[&str] = &[
    "Klien lama, boleh dibayar dua kali.",
    "Pakai palet dari pesanan tahun lalu.",
    "Minta dihubungi setelah jam lima sore.",
    "Pastikan hurufnya berlisensi.",
    "Tenggat mengikuti jadwal percetakan.",
];

/// What the staff notes for itself.
pub(super) const ORDER_NOTES: &[&str] = &[
    "Sudah kirim daftar pertanyaan, tunggu jawaban.",
    "Percetakan minta berkas CMYK.",
    "Klien suka konsep kedua, huruf diperhalus.",
    "Foto produk masih buram, minta yang baru.",
    "Cek merek di DJKI sebelum lanjut.",
];

/// What clients want otherwise when they look at a design.
pub(super) const REVISIONS: &[&str] = &[
    "Warna hijaunya dibuat lebih tua.",
    "Tulisan alamat terlalu kecil untuk dicetak.",
    "Klien minta susunan kedua digabung dengan yang pertama.",
    "Ikon kurang mirip produk aslinya.",
];

/// What clients themselves want otherwise.
pub(super) const WISHES: &[&str] = &[
    "Warnanya boleh dibuat sedikit lebih hangat?",
    "Bentuk di tengah terlalu besar, tolong dikecilkan.",
    "Suka susunannya, tapi latarnya lebih terang saja.",
    "Kurang mirip suasana tempat kami. Bisa dicoba dengan warna hijau daun?",
    "Mohon jarak antarbentuk dirapikan, sisanya sudah pas.",
];

/// Why orders are called off.
pub(super) const CALLED_OFF: &[&str] = &[
    "Klien menunda pembukaan toko sampai tahun depan.",
    "Anggaran tidak cukup untuk cakupan yang diminta.",
    "Klien tidak menjawab selama tiga minggu.",
    "Dikerjakan sendiri oleh tim klien.",
];

/// Why orders are deleted.
pub(super) const DELETED: &[&str] = &["Pesanan ganda, yang lain diteruskan.", "Pesanan percobaan dari pelatihan.", "Salah klien."];
