//! What is said about designs, line by line, and the texts for answering quickly.

use domain::records::Voice::{self, Client, Staff};

/// Talks, each line with who says it. Some end with a question that nobody has answered.
pub(super) const TALKS: &[&[(Voice, &str)]] = &[
    &[
        (Client, "Selamat siang, kira-kira kapan konsep pertama bisa saya lihat?"),
        (Staff, "Siang, Kak. Konsep pertama kami kirim hari Kamis, paling lambat sore."),
        (Client, "Baik, terima kasih. Kalau bisa ada versi tanpa tulisan juga ya."),
        (Staff, "Bisa, nanti kami siapkan dua versi."),
    ],
    &[
        (Client, "Halo, saya kirim contoh warna yang disukai: hijau daun pisang dan krem."),
        (Staff, "Terima kasih, sudah kami catat. Untuk hurufnya ada preferensi? Tegas atau luwes?"),
        (Client, "Yang luwes, seperti tulisan tangan tapi tetap terbaca dari jauh."),
        (Staff, "Siap. Kami mulai dari sana."),
        (Client, "Oh iya, nama tokonya ditulis «Kopi Lereng», bukan «Kopi Lembah». Maaf salah tulis di pesanan."),
    ],
    &[
        (Staff, "Selamat pagi, Kak. Untuk ukuran cetaknya, A5 atau A4?"),
        (Client, "A4 lipat tiga. Percetakan minta bleed 3 mm."),
        (Staff, "Baik, kami sesuaikan dengan percetakan."),
    ],
    &[
        (Client, "Apakah harga sudah termasuk berkas sumber?"),
        (Staff, "Sudah, Kak. Berkas AI dan SVG ikut diserahkan setelah desain disetujui."),
        (Client, "Kalau revisi, dapat berapa kali?"),
        (Staff, "Dua kali revisi besar; perbaikan kecil seperti warna dan ejaan tidak dihitung."),
        (Client, "Mantap. Saya lanjut kalau begitu."),
        (Staff, "Terima kasih, Kak. Kami kabari begitu ada kemajuan."),
    ],
    &[
        (Client, "Tolong tenggatnya dimajukan ke Jumat ini, acaranya berubah."),
        (Staff, "Kami cek jadwal dulu, Kak."),
        (Staff, "Bisa, asal bahan tulisannya masuk besok pagi."),
        (Client, "Sudah saya unggah di https://drive.contoh.id/bahan, mohon dicek."),
        (Client, "Sekalian tanya: logo halalnya pakai yang baru, kan?"),
    ],
    &[
        (Client, "Saya lihat di ponsel tulisannya agak kecil."),
        (Staff, "Baik, kami perbesar dan kirim ulang hari ini."),
        (Client, "Terima kasih, cepat sekali 👍"),
    ],
    &[(Client, "Permisi, apakah bisa dibuatkan versi untuk spanduk 3 × 1 meter?"), (Client, "Kalau bisa sekalian untuk stempel.")],
    &[
        (Staff, "Kak, foto produknya masih buram. Ada yang resolusinya lebih besar?"),
        (Client, "Nanti sore saya foto ulang."),
        (Client, "Sudah saya kirim lewat WhatsApp ya."),
        (Staff, "Sudah kami terima, hasilnya bagus. Lanjut kami kerjakan."),
    ],
];

/// Titles and texts, with their gaps.
pub(super) const REPLIES: &[(&str, &str)] = &[
    ("Salam pembuka", "Halo {klien}, terima kasih sudah memesan. Pesanan {pesanan} sudah kami terima dan segera kami pelajari. — {saya}"),
    ("Kapan selesai", "Pesanan {pesanan} kami usahakan selesai sebelum {tenggat}. Kalau ada perubahan, kami kabari di sini."),
    ("Keadaan pesanan", "Per {hari_ini}, pesanan {pesanan} {status}. Ada yang ingin ditanyakan?"),
    ("Anggaran", "Kami mencatat anggaran {anggaran} untuk {pesanan}. Penawaran rincinya menyusul hari ini."),
    ("Minta bahan", "Agar pengerjaan {pesanan} lancar, mohon kirim tulisan, foto, dan logo yang ada ya, {klien}."),
    ("Penutup", "Terima kasih, {klien}. Senang bekerja dengan Anda. — {saya}"),
];
