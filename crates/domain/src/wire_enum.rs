//! Enums whose values go over the wire. A value that a newer program wrote is kept as `Unknown` and written back
//! unchanged: it is never an error and never lost (protocol.md, Common).

/// Declares an enum with wire names, with `Unknown` for values of newer programs.
macro_rules! wire_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $wire:literal $(| $alias:literal)*,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A value of a newer program, kept as it came.
            Unknown(String),
        }

        impl $name {
            /// Every value this program knows, in the order of the list above.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant,)*];
            /// The name on the wire.
            #[must_use]
            pub fn wire(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(text) => text,
                }
            }
            /// The value of a name on the wire.
            #[must_use]
            pub fn of_wire(text: &str) -> Self {
                match text {
                    $($wire $(| $alias)* => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.wire()) }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(self.wire()) }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                <::std::borrow::Cow<'de, str>>::deserialize(d).map(|text| Self::of_wire(&text))
            }
        }
        #[cfg(feature = "schema")]
        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> ::std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "string", "examples": [$($wire),*] })
            }
        }
    };
}
pub(crate) use wire_enum;
