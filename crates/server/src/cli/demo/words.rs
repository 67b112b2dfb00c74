//! What people say.

/// What clients ask about.
pub(super) const TOPICS: &[&str] = &[
    "Tinjau CV sebelum melamar posisi analis data",
    "Arah karier setelah lima tahun di bank",
    "Persiapan wawancara beasiswa LPDP",
    "Portofolio desain untuk klien luar negeri",
    "Menawar gaji pertama",
    "Pindah jalur dari guru ke UX writer",
    "Merapikan profil LinkedIn",
    "Memulai usaha jasa desain sendiri",
    "Logo untuk kedai kopi keluarga",
    "Identitas merek batik rumahan",
    "Ukuran kertas dan bleed untuk cetak brosur",
    "Menyiapkan presentasi untuk calon investor",
    "Kembali bekerja setelah cuti melahirkan",
    "Memilih antara dua tawaran kerja",
    "Harga jasa ilustrasi untuk buku anak",
    "Belajar riset pengguna dari nol",
    "Kemasan keripik yang mau masuk toko oleh-oleh",
    "Menulis proposal untuk instansi daerah",
    "Naik jadi ketua tim, takut salah langkah",
    "Website desa wisata",
];

/// What clients add.
pub(super) const NOTES: &[&str] = &[
    "Kalau bisa pagi, sore saya mengajar.",
    "Lebih suka lewat telepon, sinyal di sini kurang.",
    "Sudah pernah konsultasi bulan lalu.",
    "Mohon dibantu, tenggatnya minggu depan.",
    "Saya di Jayapura, tolong sesuaikan jamnya.",
    "Berkas menyusul lewat email.",
    "Boleh ditemani rekan usaha saya?",
];

/// What admins say with an acceptance.
pub(super) const MESSAGES: &[&str] = &[
    "Sampai jumpa, siapkan CV terbaru ya.",
    "Kami hubungi lewat WhatsApp sehari sebelumnya.",
    "Ditunggu pukul 09.00 WIB.",
    "Silakan bawa dua contoh karya.",
    "Tautan rapat kami kirim pagi harinya.",
];

/// Why requests are rejected.
pub(super) const REASONS: &[&str] = &[
    "Tanggal itu sudah penuh, silakan ajukan tanggal lain.",
    "Topiknya di luar bidang kami.",
    "Kantor tutup pada tanggal itu.",
    "Data kontak belum lengkap.",
    "Permintaan ganda, sudah kami layani pekan lalu.",
];

/// Why admins call off what was accepted.
pub(super) const CANCELLED: &[&str] =
    &["Konsultan berhalangan, kami mohon maaf.", "Klien meminta dibatalkan lewat telepon.", "Jadwal bentrok dengan pelatihan."];

/// What the staff notes for itself.
pub(super) const STAFF_NOTES: &[&str] = &[
    "Sudah ditelepon, tidak diangkat.",
    "Klien lama, ramah, suka datang lebih awal.",
    "Minta tanggal mundur kalau memungkinkan.",
    "Cocok untuk Bu Maya, pengalaman perbankan.",
    "Cek lagi nomor WhatsApp-nya.",
    "Perlu penerjemah bahasa isyarat.",
    "Sudah kirim CV, lihat email.",
];
