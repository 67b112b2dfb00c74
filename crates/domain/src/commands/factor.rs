//! The second factor of the staff. Secrets, codes and devices are the server's own and stand beside the account in the same
//! transaction; the commands say who may, and carry it into the audit.

use serde::{Deserialize, Serialize};

use super::account::gives_rights;
use crate::{
    command::Act,
    decision::{Beside, Changes, Code, Refusal, Stop},
    id::UserId,
    record::{Kind, RecordRef},
    records::User,
    role::Role,
    rule::{Cx, Read, writes},
};

/// The account, touched: only the staff has a second factor.
fn touched(cx: &Cx<'_>, id: UserId) -> Result<Read<User>, Stop> {
    let mut read = cx.read::<User>(id)?;
    if !read.record.roles.iter().any(Role::is_staff) {
        return Err(Refusal::new(Code::CannotWork, "R-001").into());
    }
    read.record.updated_at = cx.now;
    Ok(read)
}

macro_rules! noted {
    ($($(#[$doc:meta])* $act:ident = $name:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $act {
            /// The account.
            pub id: UserId,
        }

        impl Act for $act {
            const NAME: &'static str = $name;
            const RULE: &'static str = "R-001, R-103";
            const ROLES: &'static [Role] = &[];

            fn subject(&self) -> Option<RecordRef> {
                Some(RecordRef::new(Kind::User, self.id))
            }
            fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
                Ok(writes(vec![touched(cx, self.id)?.write()]))
            }
        }
    )*};
}

noted! {
    /// `account.factor_on`: somebody turned their second factor on. The system notes it under their name, and writes the factor
    /// in the same transaction.
    FactorOn = "account.factor_on";
    /// `account.factor_off`: somebody turned their second factor off, with a code of it.
    FactorOff = "account.factor_off";
    /// `account.factor_codes`: somebody made themselves new recovery codes.
    FactorCodes = "account.factor_codes";
}

/// `account.reset_factor`: an admin takes a colleague's second factor and recovery codes away, because the telephone is lost, and ends
/// their devices. Whoever runs the server can do it for the last admin. Somebody without a factor has none afterwards either.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResetFactor {
    /// The account.
    pub id: UserId,
}

impl Act for ResetFactor {
    const NAME: &'static str = "account.reset_factor";
    const RULE: &'static str = "R-017, R-103";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::User, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        gives_rights(cx, self.id, true)?;
        let read = touched(cx, self.id)?;
        let beside = vec![Beside::DropFactor(self.id), Beside::EndSessions(self.id)];
        Ok(Changes { beside, ..writes(vec![read.write()]) })
    }
}
