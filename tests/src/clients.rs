//! Simulated clients: they register, ask for consultations, order designs, decide on what they are shown and call some of what they asked for
//! off, as people do, through the public interface. For the demo, and for whatever needs life on the other side.

use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// Names as they are met in the waiting room.
const NAMES: &[&str] = &[
    "Rani Kusumawardani",
    "M. Yusuf Al-Farizi",
    "Made Ayu Lestari",
    "Agus Salim",
    "Putri Handayani",
    "Nur'aini Siregar",
    "Yohanes Tabuni",
    "Intan Permatasari",
    "Dimas Aditya Nugraha",
    "Hj. Siti Rahmawati, S.Pd.",
    "Ketut Sudiarta",
    "Maria Goreti Wangge",
    "Fajar Ramadhan",
    "Lestari Wulandari",
    "Bonar Simanjuntak",
    "Zahra Aulia Putri",
];

/// What they ask about.
const TOPICS: &[&str] = &[
    "Tinjau CV sebelum melamar posisi analis data",
    "Arah karier setelah lima tahun di bank",
    "Persiapan wawancara beasiswa LPDP",
    "Portofolio desain untuk klien luar negeri",
    "Menawar gaji pertama",
    "Pindah jalur dari guru ke UX writer",
    "Merapikan profil LinkedIn",
    "Memulai usaha jasa desain sendiri",
];

/// What they order: a kind of design, and what it shall be.
const DESIGNS: &[(&str, &str)] = &[
    ("logo", "Logo untuk kedai kopi keluarga, hangat dan sederhana"),
    ("branding", "Identitas merek batik rumahan"),
    ("web_design", "Situs desa wisata dengan peta dan galeri"),
    ("ui_ux", "Aplikasi antrean puskesmas yang mudah untuk lansia"),
    ("print_design", "Kemasan keripik singkong, tiga rasa"),
    ("dll", "Ilustrasi maskot tim futsal"),
];

/// What they ask about their order.
const QUESTIONS: &[&str] = &[
    "Kira-kira kapan konsep pertamanya bisa saya lihat?",
    "Apakah berkas sumbernya ikut diserahkan?",
    "Boleh minta dua pilihan warna?",
    "Kalau tenggatnya dimajukan tiga hari masih bisa?",
    "Contoh gaya yang saya suka saya kirim besok, ya.",
];

/// What they want otherwise in a design.
const WISHES: &[&str] = &[
    "Warnanya boleh dibuat sedikit lebih hangat?",
    "Susunannya sudah bagus, bentuk di tengah tolong dikecilkan.",
    "Latarnya lebih terang saja, sisanya pas.",
];

/// One client of the business, logged in.
#[derive(Clone, Debug)]
pub struct SimulatedClient {
    http: Client,
    base: String,
    token: String,
    /// What they are called.
    pub name: String,
}

impl SimulatedClient {
    /// Registers somebody new.
    ///
    /// # Errors
    /// What the server said.
    pub async fn register(base: &str, n: usize, run: &str) -> Result<Self, String> {
        let http = Client::new();
        let name = name(n).to_owned();
        let phone = format!("0812{:08}", 10_000_000 + n);
        let body = json!({"email": format!("klien-{run}-{n}@contoh.id"), "password": "kata-sandi-klien-9", "name": name, "phone": phone, "consent": true});
        let answer = http.post(format!("{base}/api/auth/register")).json(&body).send().await.map_err(|e| e.to_string())?;
        let status = answer.status();
        let session: Value = answer.json().await.map_err(|e| e.to_string())?;
        let token = session["access_token"].as_str().ok_or_else(|| format!("{status}: {session}"))?.to_owned();
        Ok(Self { http, base: base.to_owned(), token, name })
    }
    /// Asks for a consultation some days from now; what the server made of it.
    ///
    /// # Errors
    /// What the server said.
    pub async fn ask(&self, day: &str, topic: &str, key: &str) -> Result<Value, String> {
        self.post("/api/consultations", json!({"requested_date": day, "topic": topic}), key).await
    }
    /// Orders a design; what the server made of it.
    ///
    /// # Errors
    /// What the server said.
    pub async fn order(&self, (design_type, description): (&str, &str), deadline: &str, key: &str) -> Result<Value, String> {
        let body = json!({"design_type": design_type, "description": description, "deadline": deadline});
        self.post("/api/orders", body, key).await
    }
    /// Says something about an order; what the server made of it.
    ///
    /// # Errors
    /// What the server said.
    pub async fn say(&self, order: &str, text: &str, key: &str) -> Result<Value, String> {
        self.post(&format!("/api/orders/{order}/messages"), json!({ "text": text }), key).await
    }
    /// Decides on every version of an order that waits for it: of three one after the other two are wanted
    /// exactly so, beginning with the `n`-th. How many they were.
    ///
    /// # Errors
    /// What the server said.
    pub async fn decide(&self, order: &str, n: usize) -> Result<usize, String> {
        let path = format!("/api/orders/{order}/designs");
        let shown = self.get(&path).await?;
        let waiting = shown["items"].as_array().into_iter().flatten().filter(|it| it["status"] == "submitted");
        let mut decided = 0;
        for it in waiting {
            let (version, key) = (&it["version"], format!("putusan-{}", it["id"]));
            let turn = n + version.as_u64().and_then(|version| usize::try_from(version).ok()).unwrap_or(0);
            let is_picture = it["media_type"].as_str().is_some_and(|media| media.starts_with("image/"));
            let pins = if is_picture { json!([{"x": 480, "y": 440, "text": "Bagian tengah ini."}]) } else { json!([]) };
            let (verb, body) = match turn % 3 {
                2 => ("revision", json!({"sha256": it["sha256"], "comment": WISHES[turn / 3 % WISHES.len()], "pins": pins})),
                _ => ("approve", json!({"sha256": it["sha256"]})),
            };
            self.post(&format!("{path}/{version}/{verb}"), body, &key).await?;
            decided += 1;
        }
        Ok(decided)
    }
    /// Calls a request off.
    ///
    /// # Errors
    /// What the server said.
    pub async fn cancel(&self, id: &str, key: &str) -> Result<Value, String> {
        self.post(&format!("/api/consultations/{id}/cancel"), json!({}), key).await
    }
    async fn post(&self, path: &str, body: Value, key: &str) -> Result<Value, String> {
        Self::answered(self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token).header("Idempotency-Key", key).json(&body))
            .await
    }
    async fn get(&self, path: &str) -> Result<Value, String> {
        Self::answered(self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token)).await
    }
    async fn answered(request: RequestBuilder) -> Result<Value, String> {
        let answer = request.send().await.map_err(|e| e.to_string())?;
        let ok = matches!(answer.status(), StatusCode::OK | StatusCode::CREATED);
        let value: Value = answer.json().await.map_err(|e| e.to_string())?;
        if ok { Ok(value) } else { Err(value["code"].as_str().unwrap_or("?").to_owned()) }
    }
    /// Opens the client's own events: from now on nothing is missed.
    ///
    /// # Errors
    /// When the stream cannot be opened.
    pub async fn listen(&self) -> Result<Listening, String> {
        let request = self.http.get(format!("{}/api/events", self.base)).bearer_auth(&self.token);
        let response = request.send().await.and_then(reqwest::Response::error_for_status).map_err(|e| e.to_string())?;
        Ok(Listening { response, heard: String::new() })
    }
}

/// A client who listens.
#[derive(Debug)]
pub struct Listening {
    response: reqwest::Response,
    heard: String,
}

impl Listening {
    /// Waits until the events have said this text; everything that was heard so far.
    ///
    /// # Errors
    /// When the stream ends, or is silent about it for too long.
    pub async fn hears(&mut self, text: &str, within: Duration) -> Result<String, String> {
        let listen = async {
            while !self.heard.contains(text) {
                match self.response.chunk().await {
                    Ok(Some(chunk)) => self.heard.push_str(&String::from_utf8_lossy(&chunk)),
                    Ok(None) => return Err("the stream ended".to_owned()),
                    Err(error) => return Err(error.to_string()),
                }
            }
            Ok(self.heard.clone())
        };
        tokio::time::timeout(within, listen).await.map_err(|_| format!("nobody said «{text}»"))?
    }
}

/// What the n-th client asks about.
#[must_use]
pub fn topic(n: usize) -> &'static str {
    TOPICS[n % TOPICS.len()]
}

/// What the n-th client orders.
#[must_use]
pub fn design(n: usize) -> (&'static str, &'static str) {
    DESIGNS[n % DESIGNS.len()]
}

/// What the n-th client asks about their order.
#[must_use]
pub fn question(n: usize) -> &'static str {
    QUESTIONS[n % QUESTIONS.len()]
}

/// What the n-th client is called.
#[must_use]
pub fn name(n: usize) -> &'static str {
    NAMES[n % NAMES.len()]
}
