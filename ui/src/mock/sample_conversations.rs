//! What is said about the orders of the sample morning: one lively conversation, two in which clients wait, one that is long, one
//! with a client in another zone; and the texts for answering quickly.

use domain::{
    id::{ConversationId, MessageId, OrderId, QuickReplyId, ReadMarkId},
    record::{AnyRecord, Record as _},
    records::{Attachments, Conversation, Message, Order, QuickReply, ReadMark, ReplyText, Voice},
    role::Person,
    text::{ChatText, ReplyTitle},
    time::{HOUR, MINUTE, UtcMillis},
};

use super::sample::{BEGIN, colleague, id};

/// Who says something.
#[derive(Clone, Copy)]
enum By {
    Client,
    /// Somebody of the staff, by their place in the list.
    Staff(u32),
}
use By::{Client, Staff};

/// Who, when (in minutes from now), and what.
type Said = (By, i64, &'static str);

/// How far it was read: by whoever sits here, by the client.
struct Read {
    mine: i64,
    client: i64,
}

/// The order of the lively one, which is also the one in which the client goes on writing.
pub(super) fn lively() -> OrderId {
    OrderId::from(id(10, 2))
}

const LIVELY: &[Said] = &[
    (Client, -4_330, "Selamat pagi, saya Putri. Logo untuk les privat saya sudah mulai dikerjakan?"),
    (Staff(2), -4_301, "Selamat pagi, Kak Putri. Sudah, perancang kami mulai kemarin. Ada warna yang Kakak suka?"),
    (Client, -4_296, "Biru tua dan kuning, seperti seragam sekolah.\nJangan terlalu ramai ya."),
    (Staff(0), -2_905, "Tiga arah pertama ada di https://desain.ruangkarsa.id/les-putri/arah-1, silakan dilihat."),
    (Client, -2_740, "Arah kedua paling pas. Bisa bukunya dibuat terbuka?"),
    (Staff(0), -2_733, "Bisa. Kami kirim versi berikutnya hari Senin."),
    (Client, -1_512, "Terima kasih, saya tunggu."),
    (Staff(2), -182, "Selamat pagi, Kak Putri. Versi dengan buku terbuka sudah siap."),
    (Staff(0), -176, "Kami pakai biru #1d3f8f dan kuning #f5b82e. Berkas PNG menyusul sore ini."),
    (Client, -64, "Bagus sekali! Boleh hurufnya sedikit lebih tebal?"),
    (Client, -61, "Soalnya mau saya pasang di spanduk juga, ukuran 3 × 1 meter."),
];

/// What is said about these orders.
pub(super) fn records() -> Vec<AnyRecord> {
    let long: Vec<Said> = (0..130).map(line_of_long).collect();
    let mut all = Vec::new();
    let mut add = |order: u32, said: &[Said], read: Read| all.extend(conversation(order, said, &read));
    add(2, LIVELY, Read { mine: 9, client: 9 });
    let sewing = [(Staff(2), -1_900, "Rancangan layar sudah kami unggah."), (Client, -245, "Kalau tombolnya hijau bagaimana?")];
    add(3, &sewing, Read { mine: 1, client: 1 });
    add(0, &[(Client, -31, "Apakah label kainnya termasuk dalam harga?")], Read { mine: 1, client: 0 });
    add(5, &long, Read { mine: 130, client: 130 });
    let papua = [
        (Client, -1_700, "Kami rapat pengurus hari Rabu, mohon pedomannya sebelum itu."),
        (Staff(1), -1_660, "Baik, kami usahakan selesai Selasa malam."),
    ];
    add(7, &papua, Read { mine: 2, client: 2 });
    all.extend(replies());
    all
}

/// A line of the long one, oldest first: question and answer by turns.
fn line_of_long(n: i64) -> Said {
    const ASKED: [&str; 3] =
        ["Halaman dokter sudah bisa dilihat?", "Nomor telepon kami berganti, mohon diubah.", "Foto ruang tunggu saya kirim besok."];
    const ANSWERED: [&str; 3] = ["Sudah, silakan dicoba.", "Sudah kami ubah.", "Baik, kami tunggu fotonya."];
    let turn = usize::try_from(n / 2).unwrap_or(0) % ASKED.len();
    let minutes = -20_000 + n * 140;
    if n % 2 == 0 { (Client, minutes, ASKED[turn]) } else { (Staff(2), minutes, ANSWERED[turn]) }
}

fn conversation(n: u32, said: &[Said], read: &Read) -> Vec<AnyRecord> {
    let Some(order) = super::sample_orders::order_of(n) else { return Vec::new() };
    let client = order.client_user.map(|user| Person { id: user, name: order.client_name.clone() });
    let by = |who| match who {
        Client => client.clone().unwrap_or_else(|| colleague(2)),
        Staff(n) => colleague(n),
    };
    let mut messages = Vec::new();
    for (number, (who, minutes, text)) in (1_u32..).zip(said) {
        let Ok(text) = ChatText::new(text) else { continue };
        messages.push(Message {
            id: MessageId::from(id(11, n * 1_000 + number)),
            order_id: order.id,
            number: i64::from(number),
            from: if matches!(who, Client) { Voice::Client } else { Voice::Staff },
            author: by(*who),
            text,
            attachments: Attachments::default(),
            created_at: BEGIN.plus(*minutes * MINUTE),
        });
    }
    let Some(head) = head_of(&order, &messages, read) else { return Vec::new() };
    let me = colleague(0).id;
    let mark = ReadMark {
        id: ReadMarkId::of(me, head.id),
        user_id: me,
        conversation_id: head.id,
        upto: read.mine,
        own: 0,
        updated_at: head.updated_at,
    };
    messages.into_iter().map(Message::any).chain([head.any(), mark.any()]).collect()
}

/// The head above these messages: the client waits since the first of theirs that nobody has answered.
fn head_of(order: &Order, messages: &[Message], read: &Read) -> Option<Conversation> {
    let (first, last) = (messages.first()?, messages.last()?);
    let waits = messages.iter().rev().take_while(|it| it.from == Voice::Client).last().map(|it| it.created_at);
    Some(Conversation {
        id: ConversationId::of(order.id),
        order_number: order.number.clone(),
        client_id: order.client_id,
        client_name: order.client_name.clone(),
        client_zone: order.client_zone,
        messages: last.number,
        last_text: last.text.clone(),
        last_files: last.attachments.count(),
        last_at: last.created_at,
        last_from: last.from.clone(),
        last_by: last.author.clone(),
        waiting_since: waits,
        due_at: waits.map(due),
        answered: messages.iter().rev().find(|it| it.from == Voice::Staff).map_or(0, |it| it.number),
        client_read: read.client,
        created_at: first.created_at,
        updated_at: last.created_at,
    })
}

fn due(since: UtcMillis) -> UtcMillis {
    since.plus(3 * HOUR)
}

fn replies() -> Vec<AnyRecord> {
    let reply = |n: u32, title: &str, text: &str| {
        let (title, text) = (ReplyTitle::new(title).ok()?, ReplyText::new(text).ok()?);
        let (at, by) = (BEGIN.plus(-30 * 24 * HOUR), colleague(2));
        Some(QuickReply { id: QuickReplyId::from(id(12, n)), title, text, by, removed_at: None, created_at: at, updated_at: at }.any())
    };
    let all = [
        reply(0, "Salam pembuka", "Halo {klien}, terima kasih sudah menghubungi kami. Saya {saya}, siap membantu."),
        reply(1, "Pesanan sedang dikerjakan", "Pesanan {pesanan} sekarang {status}. Kami kabari lagi sebelum {tenggat}."),
        reply(2, "Tanya anggaran", "Agar usulannya pas, boleh kami tahu anggarannya? Catatan kami: {anggaran}."),
        reply(3, "Minta bahan", "Boleh kirim logo lama, foto, dan teksnya ke surel kami? Kami mulai begitu semuanya lengkap."),
    ];
    all.into_iter().flatten().collect()
}
