# Teks di luar jendela: judul, baki sistem, dan pemberitahuan sistem. Kunci-kunci sama dalam kedua bahasa.
## Jendela
window-title = Meja
window-title-count = { $place } ({ $n }) · Meja
window-title-place = { $place } · Meja

## Baki
tray-tooltip = Meja: { $waiting } menunggu, { $late } lewat tenggat, data per { $at }
tray-tooltip-never = Meja: { $waiting } menunggu, { $late } lewat tenggat, belum ada data
tray-line = { $connection }, data per { $at }
tray-line-never = { $connection }, belum ada data
tray-logged-out = Belum masuk
tray-inbox = Antrean: { $waiting }
tray-inbox-late = Antrean: { $waiting } ({ $late } lewat tenggat)
tray-outbox = Perlu keputusan: { $n }
tray-outbox-queued = Antrean kirim: { $n } antre
tray-open = Buka Meja
tray-palette = Cari atau perintah…
tray-sync = Sinkronkan sekarang
tray-hour = 1 jam
tray-tomorrow = Sampai besok 07:00
tray-pause = Jeda sinkron
tray-pause-until = Jeda sinkron (sampai { $at })
tray-pause-end = Lanjutkan
tray-quiet = Jam tenang
tray-quiet-until = Jam tenang (sampai { $at })
tray-quiet-end = Matikan
tray-lock = Kunci sekarang
tray-settings = Pengaturan…
tray-quit = Keluar
tray-quit-unsent = Keluar, { $n } belum terkirim…

## Pemberitahuan sistem
toast-new-request-title = Permintaan konsultasi baru
toast-new-request-body = { $name }, { $date }. Tenggat { $due }.
toast-new-requests-title = { $n } permintaan baru
toast-assigned-title = Pekerjaan diteruskan kepada Anda
toast-assigned-body = { $by } meneruskan { $name } kepada Anda.
toast-assigned-several-title = { $n } pekerjaan diteruskan kepada Anda
toast-refused-title = Perintah ditolak server
toast-refused-body = { $act } untuk { $name }: { $reason }
toast-conflict-title = Didahului orang lain
toast-conflict-body = { $act } untuk { $name } perlu keputusan Anda.
toast-decisions-title = { $n } perintah perlu keputusan
toast-locked-request = Ada permintaan baru di Meja
toast-locked-requests = Ada { $n } permintaan baru di Meja
toast-locked-assigned = Ada pekerjaan baru untuk Anda di Meja
toast-locked-assigned-several = Ada { $n } pekerjaan baru untuk Anda di Meja
toast-locked-decision = Satu perintah perlu keputusan
toast-locked-decisions = { $n } perintah perlu keputusan
toast-quiet = Selama jam tenang: { $list }
toast-quiet-late = { $n } lewat tenggat
toast-quiet-new = { $n } baru
toast-quiet-assigned = { $n } diteruskan kepada Anda
toast-test-title = Pemberitahuan uji
toast-test-body = Beginilah bentuk pemberitahuan Meja di komputer ini.
