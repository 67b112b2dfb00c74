# Jawaban server yang bukan alasan aturan: kesalahan HTTP (RFC 9457).

problem-malformed = Permintaan tidak bisa dibaca.
problem-invalid-args = Isian belum benar.
problem-idempotency-key-required = Header Idempotency-Key wajib ada: 1 sampai 255 huruf yang terlihat.
problem-idempotency-key-reused = Idempotency-Key ini sudah dipakai untuk isi lain.
problem-idempotency-in-progress = Permintaan dengan Idempotency-Key ini masih dikerjakan.
problem-token-unknown = Silakan masuk kembali.
problem-token-expired = Token sudah kedaluwarsa.
problem-token-reused = Token lama dipakai lagi. Perangkat ini dicabut demi keamanan.
problem-device-ended = Perangkat ini sudah dicabut.
problem-invalid-credentials = Email atau kata sandi salah.
problem-not-staff = Akun ini bukan akun staf.
problem-not-client = Akun ini bukan akun klien.
problem-account-disabled = Akun ini dinonaktifkan.
problem-not-found = Tidak ditemukan.
problem-method-not-allowed = Metode ini tidak tersedia di alamat ini.
problem-request-timeout = Permintaan terlalu lama dikirim.
problem-cursor-reset = Posisi ini bukan milik data atau hak Anda sekarang. Mulai lagi dari awal.
problem-too-large = Isi permintaan terlalu besar.
problem-unsupported-media-type = Isi permintaan harus application/json.
problem-reset-token-invalid = Kode tidak berlaku, sudah dipakai, atau kedaluwarsa.
problem-too-many-requests = Terlalu banyak percobaan yang gagal. Coba lagi nanti.
problem-internal = Server gagal mengerjakannya.
problem-unavailable = Server sedang sibuk. Coba lagi sebentar.
