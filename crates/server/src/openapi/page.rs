//! `/docs`: the description as one page, made on the server, without a script and without another host.

use serde_json::Value;
use std::fmt::Write;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:light-dark(#d8dbe0,#3a3f47);--soft:light-dark(#f4f5f7,#1d2126);--ink:light-dark(#16191d,#e9ebee)}\
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:light-dark(#fff,#14171a);max-width:60rem;margin:2rem auto;padding:0 1rem}\
h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0}\
summary{cursor:pointer;padding:.5rem .75rem}details>div{padding:0 .75rem .75rem}summary:focus-visible{outline:2px solid #2563eb}\
code,pre{font:13px/1.45 ui-monospace,monospace}pre{background:var(--soft);padding:.75rem;overflow:auto;border-radius:6px}\
b.m{display:inline-block;min-width:4.5rem;font:600 12px ui-monospace,monospace;text-transform:uppercase}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;border-bottom:1px solid var(--line);padding:.3rem .6rem .3rem 0}";

/// The page of a description.
#[must_use]
pub fn page(document: &Value) -> String {
    let mut html = String::with_capacity(256 << 10);
    let title = text(&document["info"]["title"]);
    put(&mut html, format_args!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}: the wire</title>"));
    put(&mut html, format_args!("<meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style>"));
    put(&mut html, format_args!("<h1>{title}</h1><p>{}</p>", text(&document["info"]["summary"])));
    put(&mut html, format_args!("<p>For programs: <a href=\"/openapi.json\">/openapi.json</a> (OpenAPI 3.1).</p>"));
    for tag in list(&document["tags"]) {
        put(&mut html, format_args!("<h2>{}</h2><p>{}</p>", text(&tag["name"]), text(&tag["description"])));
        for (path, operations) in entries(&document["paths"]) {
            for (method, operation) in entries(operations) {
                if list(&operation["tags"]).first() == Some(&tag["name"]) {
                    endpoint(&mut html, method, path, operation);
                }
            }
        }
    }
    put(&mut html, format_args!("<h2>Schemas</h2>"));
    for (name, schema) in entries(&document["components"]["schemas"]) {
        let json = serde_json::to_string_pretty(schema).unwrap_or_default();
        let name = escape(name);
        put(
            &mut html,
            format_args!("<details id=\"{name}\"><summary><code>{name}</code></summary><div><pre>{}</pre></div></details>", escape(&json)),
        );
    }
    html.push_str("</html>");
    html
}

fn endpoint(html: &mut String, method: &str, path: &str, operation: &Value) {
    let summary = text(&operation["summary"]);
    put(
        html,
        format_args!("<details><summary><b class=\"m\">{}</b><code>{}</code> {summary}</summary><div>", escape(method), escape(path)),
    );
    if operation["security"].is_array() {
        html.push_str("<p>Wants <code>Authorization: Bearer …</code>.</p>");
    }
    let parameters = list(&operation["parameters"]);
    if !parameters.is_empty() {
        html.push_str("<table><tr><th>Parameter</th><th>In</th><th>What it says</th></tr>");
        for parameter in parameters {
            let (name, place, says) = (text(&parameter["name"]), text(&parameter["in"]), text(&parameter["description"]));
            put(html, format_args!("<tr><td><code>{name}</code></td><td>{place}</td><td>{says}</td></tr>"));
        }
        html.push_str("</table>");
    }
    for (media, content) in entries(&operation["requestBody"]["content"]) {
        put(html, format_args!("<p>Body, <code>{}</code>: {}</p>", escape(media), schema(&content["schema"])));
    }
    html.push_str("<table><tr><th>Status</th><th>When</th><th>Body</th></tr>");
    for (status, response) in entries(&operation["responses"]) {
        let body: Vec<String> = entries(&response["content"]).map(|(_, content)| schema(&content["schema"])).collect();
        put(
            html,
            format_args!("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", escape(status), text(&response["description"]), body.join(", ")),
        );
    }
    html.push_str("</table></div></details>");
}

/// A schema as a link where it has a name.
fn schema(schema: &Value) -> String {
    match schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
        Some(name) => format!("<a href=\"#{0}\"><code>{0}</code></a>", escape(name)),
        None => format!("<code>{}</code>", escape(schema["type"].as_str().or(schema["title"].as_str()).unwrap_or("any"))),
    }
}

fn put(html: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string has no error.
    let _ = html.write_fmt(text);
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

/// A text in HTML, between tags or in a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_endpoint_and_no_other_host() {
        let document = crate::openapi::document();
        let page = page(&document);
        for endpoint in crate::routes::endpoints() {
            assert!(page.contains(&format!("<code>{}</code>", endpoint.path)), "{}", endpoint.path);
        }
        assert!(!page.contains("http://") && !page.contains("src=") && !page.contains("<script"));
    }
}
