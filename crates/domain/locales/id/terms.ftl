# Kata-kata bisnis: keadaan, tindakan, alasan, pemberitahuan. Yang dibaca klien adalah kata-kata naskah asli (R-011, R-013).

## Hari, bulan, waktu
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = Mei
month-6 = Jun
month-7 = Jul
month-8 = Agu
month-9 = Sep
month-10 = Okt
month-11 = Nov
month-12 = Des
weekday-long-1 = Senin
weekday-long-2 = Selasa
weekday-long-3 = Rabu
weekday-long-4 = Kamis
weekday-long-5 = Jumat
weekday-long-6 = Sabtu
weekday-long-7 = Minggu
weekday-short-1 = Sen
weekday-short-2 = Sel
weekday-short-3 = Rab
weekday-short-4 = Kam
weekday-short-5 = Jum
weekday-short-6 = Sab
weekday-short-7 = Min
date = { $day } { $month } { $year }
date-long = { $weekday }, { $date }
date-short = { $weekday }, { $day } { $month }
today = Hari ini
yesterday = Kemarin
tomorrow = Besok
span-seconds = { $n } dtk
span-minutes = { $n } mnt
span-hours = { $n } j
span-hours-minutes = { $h } j { $m } m
span-days = { $n } hari

## Jenis rekaman
kind-user = Pengguna
kind-client = Klien
kind-consultation = Konsultasi
kind-note = Catatan
kind-notification = Pemberitahuan
kind-setting = Pengaturan
kind-order = Pesanan
kind-counter = Penghitung
kind-file = Berkas
kind-conversation = Obrolan
kind-message = Pesan
kind-read-mark = Tanda baca
kind-quick-reply = Balasan cepat
kind-design = Versi desain
kind-import-part = Bagian impor

## Peran
role-admin = Admin
role-cs = CS
role-expert = Ahli
role-client = Klien
role-unknown = Peran lain

## Keadaan permintaan konsultasi (M-01)
status-consultation-waiting = Menunggu
status-consultation-accepted = Diterima
status-consultation-rejected = Ditolak
status-consultation-cancelled = Dibatalkan
status-unknown = Keadaan baru

## Keadaan pesanan desain (M-06)
status-order-pending = Menunggu
status-order-approved = Disetujui
status-order-in-progress = Dikerjakan
status-order-review = Ditinjau
status-order-completed = Selesai
status-order-cancelled = Dibatalkan

## Keadaan versi desain (M-07)
status-design-uploaded = Terunggah
status-design-submitted = Diserahkan
status-design-approved = Disetujui klien
status-design-revision-requested = Minta revisi
status-design-superseded = Digantikan

## Keadaan produk pesanan
status-product-pending = Belum mulai
status-product-proses = Proses
status-product-selesai = Selesai

## Jenis desain (R-070)
design-logo = Logo
design-branding = Branding
design-web-design = Web
design-ui-ux = UI/UX
design-print-design = Cetak
design-dll = Lainnya
design-unknown = Jenis baru

## Keadaan akun staf
status-user-active = Aktif
status-user-disabled = Nonaktif
status-user-invited = Diundang

## Keadaan perintah (M-12)
command-held = Ditahan sebentar
command-queued = Antre
command-sent = Mengirim
command-applied = Diakui
command-refused = Ditolak server
command-conflict = Konflik
command-blocked = Tertahan
command-unknown = Tidak dikenal server
command-settled = Sudah ditangani

## Sambungan
connection-online = Tersambung
connection-catching-up = Tertinggal
connection-reconnecting = Menyambung ulang
connection-offline = Luring
connection-paused = Dijeda
connection-locked = Terkunci
connection-revoked = Perangkat dicabut

## Asal permintaan
source-app = Aplikasi klien
source-phone = Telepon
source-whatsapp = WhatsApp
source-email = Email
source-walk-in = Datang langsung
source-other = Lainnya

## Tindakan
act-consultation-request = Ajukan konsultasi
act-consultation-accept = Terima
act-consultation-reject = Tolak
act-consultation-cancel = Batalkan
act-item-claim = Pegang
act-item-release = Lepas
act-item-snooze = Tunda
act-item-wake = Akhiri tunda
act-item-assign = Teruskan
act-note-add = Catat
act-order-create = Buat pesanan
act-order-edit = Ubah pesanan
act-order-set-status = Ubah status
act-order-set-product-status = Ubah produk
act-order-set-note = Ubah catatan admin
act-order-assign = Teruskan
act-order-claim = Pegang
act-order-release = Lepas
act-order-snooze = Tunda
act-order-wake = Akhiri tunda
act-order-delete = Hapus pesanan
act-order-restore = Pulihkan pesanan
act-design-upload = Unggah versi desain
act-design-submit = Serahkan ke klien
act-design-set-current = Jadikan versi aktif
act-design-purge = Hapus berkas versi
act-design-approve = Setujui desain
act-design-request-revision = Minta revisi
act-message-send = Kirim pesan
act-conversation-read = Tandai terbaca
act-quick-reply-save = Simpan balasan cepat
act-quick-reply-remove = Hapus balasan cepat
act-client-create = Tambah klien
act-client-edit = Ubah klien
act-client-contact = Hubungi klien
act-client-merge = Gabungkan klien
act-import-rows = Impor baris
act-import-undo = Urungkan impor
act-notification-read = Tandai terbaca
act-setting-set = Ubah pengaturan
act-account-register = Daftar
act-user-add = Tambah pengguna
act-user-invite = Undang staf
act-user-edit = Ubah pengguna
act-user-set-status = Ubah keadaan akun
act-user-set-password = Ganti kata sandi
act-file-put = Unggah berkas
act-user-send-link = Kirim tautan kata sandi
act-device-revoke = Cabut perangkat
act-account-factor-on = Aktifkan verifikasi dua langkah
act-account-factor-off = Matikan verifikasi dua langkah
act-account-factor-codes = Buat kode cadangan baru
act-account-reset-factor = Setel ulang verifikasi dua langkah
act-client-export = Ekspor data klien
act-client-erase = Hapus data klien

## Pemberitahuan. Empat yang pertama dibaca klien, apa adanya.
notification-consultation-waiting = Menunggu respon dari admin
notification-consultation-accepted = Konsultasi Diterima
notification-consultation-rejected = Konsultasi Ditolak
notification-consultation-cancelled = Konsultasi Dibatalkan
notification-order-created = Pesanan berhasil dibuat
notification-order-pending = Pesanan Anda menunggu lagi
notification-order-approved = Pesanan Anda disetujui
notification-order-in-progress = Pesanan Anda sedang dikerjakan
notification-order-review = Hasil desain siap Anda tinjau
notification-order-completed = Pesanan Anda selesai
notification-order-cancelled = Pesanan Anda dibatalkan
notification-order-deleted = Pesanan Anda dihapus
notification-product-pending = Produk pesanan Anda belum dibuat
notification-product-proses = Produk pesanan Anda sedang dibuat
notification-product-selesai = Produk pesanan Anda selesai dibuat
notification-design-submitted = Ada versi desain baru untuk Anda tinjau
notification-message-received = Pesan baru tentang pesanan Anda
notification-item-assigned = Pekerjaan diteruskan kepada Anda
notification-unknown = Pemberitahuan baru

## Alasan penolakan
refusal-not-allowed = Peran Anda tidak boleh melakukan ini.
refusal-not-found = Rekaman ini tidak ada, atau bukan untuk Anda.
refusal-already-exists = Rekaman dengan id ini sudah ada.
refusal-not-waiting = Permintaan ini sudah tidak menunggu.
refusal-not-open = Ini sudah ditutup.
refusal-not-pending = Pesanan ini sudah ditangani, jadi tidak bisa diubah lagi oleh klien.
refusal-not-next = Bukan langkah berikutnya. Hanya admin yang bisa melompat, dengan alasan.
refusal-design-missing = Belum ada versi desain, jadi produk belum bisa dinyatakan selesai.
refusal-file-missing = Berkasnya belum ada di server.
refusal-same-design = Pesanan ini sudah punya versi dengan isi yang persis sama.
refusal-not-uploaded = Versi ini sudah diserahkan ke klien.
refusal-not-submitted = Versi ini tidak sedang menunggu jawaban klien.
refusal-is-current = Versi ini sudah menjadi versi aktif.
refusal-purged = Berkas versi ini sudah dihapus.
refusal-still-open = Pesanan ini belum selesai dan belum dibatalkan.
refusal-delivered = Ini hasil yang disetujui klien dari pesanan yang selesai, jadi berkasnya tetap disimpan.
refusal-too-early = Masa simpannya belum habis.
refusal-deleted = Pesanan ini sudah dihapus.
refusal-not-deleted = Pesanan ini tidak sedang dihapus.
refusal-reason-required = Alasan wajib diisi, paling sedikit 3 huruf.
refusal-date-in-past = Tanggalnya sudah lewat.
refusal-date-too-far = Tanggalnya terlalu jauh.
refusal-already-waiting = Klien ini masih punya permintaan yang menunggu.
refusal-claimed-by-other = Sedang dipegang orang lain.
refusal-not-claimed = Anda tidak sedang memegangnya.
refusal-not-snoozed = Tidak sedang ditunda.
refusal-cannot-work = Orang ini tidak bisa diberi pekerjaan.
refusal-no-account = Klien ini belum punya akun, jadi tidak bisa membaca obrolan.
refusal-erased = Data klien ini sudah dihapus.
refusal-no-contact = Klien ini tidak bisa dihubungi lewat cara itu: nomor ponsel atau alamatnya belum dicatat.
refusal-email-taken = Email ini sudah punya akun.
refusal-own-account = Ini akun Anda sendiri. Minta admin lain melakukannya.
refusal-account-disabled = Akun ini nonaktif. Aktifkan dulu.
refusal-not-joined = Orang ini belum menerima undangannya. Kirim ulang undangannya.
refusal-invalid-args = Isian belum benar.
refusal-unknown-command = Server ini belum mengenal tindakan itu.
refusal-command-id-reused = Nomor perintah sudah dipakai.
refusal-too-old = Perintah ini terlalu lama untuk dikirim.
refusal-too-large = Isi perintah ini terlalu besar untuk dikirim.
refusal-two-clients = Nomor teleponnya milik satu klien, tetapi emailnya milik klien lain.
refusal-merged = Klien ini sudah digabung ke klien lain.
refusal-two-accounts = Keduanya punya akun sendiri, jadi tidak bisa digabung.
refusal-too-many = Terlalu banyak yang ikut berpindah untuk digabung sekaligus.
refusal-undone = Impor ini sudah diurungkan.
refusal-undo-over = Impor hanya bisa diurungkan dalam 24 jam.
refusal-stale = Datanya sudah berubah sejak Anda melihatnya.
refusal-internal = Server gagal mengerjakannya. Tidak ada yang berubah.
refusal-unknown = Server menolak dengan alasan yang belum dikenal.

## Isian yang salah
invalid-required = Wajib diisi.
invalid-too-short = Terlalu pendek, paling sedikit { $bound } huruf.
invalid-too-long = Terlalu panjang, paling banyak { $bound } huruf.
invalid-bad-character = Ada huruf yang tidak boleh dipakai.
invalid-malformed = Bentuknya tidak dikenali.
invalid-unknown = Pilihan ini tidak ada.
invalid-out-of-range = Di luar batas yang diizinkan.
invalid-too-easy = Terlalu mudah ditebak.
invalid-wrong = Tidak cocok.

## Surat
mail-reset-subject = Atur ulang kata sandi { $org }
mail-reset-body =
    Seseorang meminta kata sandi baru untuk akun Anda di { $org }.

    Kode: { $token }

    Kode berlaku 1 jam dan hanya sekali. Jika bukan Anda, abaikan surat ini; kata sandi Anda tidak berubah.
mail-reset-body-link =
    Seseorang meminta kata sandi baru untuk akun Anda di { $org }.

    Buka tautan ini untuk memilihnya:
    { $link }

    Bila tautan tidak dapat dibuka, isikan kode ini di Meja, di «Lupa kata sandi?» lalu «Saya sudah punya kode».

    Kode: { $token }

    Keduanya berlaku 1 jam dan hanya sekali. Jika bukan Anda, abaikan surat ini; kata sandi Anda tidak berubah.
mail-invite-subject = Undangan ke Meja { $org }
mail-invite-body =
    Anda diundang menjadi staf { $org } di Meja.

    Kode: { $token }

    Buka Meja, isi alamat server yang diberikan admin Anda, lalu pilih «Lupa kata sandi?» dan «Saya sudah punya kode». Masukkan kode ini dan kata sandi yang Anda pilih.

    Kode berlaku 72 jam dan hanya sekali. Jika Anda tidak mengenal { $org }, abaikan surat ini.
mail-invite-body-link =
    Anda diundang menjadi staf { $org } di Meja.

    Buka tautan ini untuk memilih kata sandi Anda:
    { $link }

    Lalu buka Meja, isi alamat server { $server }, dan masuk.

    Bila tautan tidak dapat dibuka, isikan kode ini di Meja, di «Lupa kata sandi?» lalu «Saya sudah punya kode».

    Kode: { $token }

    Keduanya berlaku 72 jam dan hanya sekali. Jika Anda tidak mengenal { $org }, abaikan surat ini.

## Berkas yang tidak diterima
file-policy-unknown = Berkas belum bisa dikirim untuk keperluan ini.
file-too-large = Berkas lebih besar dari 10 MB.
file-empty = Berkas kosong.
file-name-unusable = Nama berkas tidak bisa dipakai.
file-extension-unknown = Jenis berkas ini tidak diterima.
file-type-mismatch = Jenis berkas tidak cocok dengan namanya.
file-magic-mismatch = Isi berkas bukan seperti yang dikatakan namanya.
file-trailing-data = Ada data lain di belakang akhir berkas.
file-two-kinds = Berkas ini sekaligus berkas jenis lain.
file-truncated = Berkas terpotong.
file-damaged = Berkas rusak.
file-too-many-pixels = Gambar lebih besar dari 40 megapiksel.
file-zip-empty = Arsip kosong.
file-zip-spanned = Arsip ini hanya satu bagian dari beberapa.
file-zip-not-at-start = Ada data lain di depan arsip.
file-zip-directory = Daftar isi arsip tidak sesuai dengan isinya.
file-zip-too-many-entries = Arsip berisi lebih dari 1.000 berkas.
file-zip-too-large = Isi arsip lebih besar dari 1 GB.
file-zip-ratio = Arsip dimampatkan secara tidak wajar.
file-zip-overlap = Berkas di dalam arsip saling tumpang tindih.
file-zip-path = Arsip berisi nama berkas yang berbahaya.
file-zip-link = Arsip berisi tautan ke tempat lain.
file-zip-nested = Arsip berisi arsip lain.
file-hash-mismatch = Berkas yang tiba bukan yang dikirim.
file-too-many-files = Paling banyak lima berkas dalam satu pesan.
