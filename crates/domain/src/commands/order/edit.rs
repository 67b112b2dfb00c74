//! `order.edit`.

use serde::{Deserialize, Serialize};

use super::{alive, budget, deadline, design_type, named, open, stamp, stands};
use crate::{
    command::Act,
    decision::{Changes, Code, Stop},
    id::OrderId,
    money::Rupiah,
    record::RecordRef,
    records::{DesignType, OrderStatus},
    role::Role,
    rule::{Cx, field, patch, writes},
    text::Brief,
    time::Day,
};

/// `order.edit`: what is left out stays, `null` clears. A client changes their own order while it is pending, the staff until it is
/// done or called off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// The order.
    pub id: OrderId,
    /// What is to be designed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub design_type: Option<DesignType>,
    /// What it shall be, 1 to 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What else the client needs, at most 2000 characters.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub needs: Option<Option<String>>,
    /// By which day: not past in WIB, at most two years ahead; one that stays may have passed.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Option<Day>>,
    /// What the client means to spend, in whole rupiah: 1 to a thousand billion.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub budget: Option<Option<Rupiah>>,
}

impl Act for Edit {
    const NAME: &'static str = "order.edit";
    const RULE: &'static str = "R-005, R-070";
    const ROLES: &'static [Role] = &[Role::Client, Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let kind = self.design_type.as_ref().map(design_type).transpose()?;
        let description = field("description", self.description.as_deref().map(Brief::new).transpose())?;
        let needs = field("needs", self.needs.as_ref().map(|n| Brief::optional(n.as_deref())).transpose())?;
        let amount = self.budget.map(budget).transpose()?;
        let by_staff = cx.is_by_office();
        let mut read = if by_staff { open(cx, self.id)? } else { alive(cx, self.id)? };
        if !by_staff && read.record.status != OrderStatus::Pending {
            return Err(stands(cx, &read.record, Code::NotPending).into());
        }
        let it = &mut read.record;
        // Whoever put it off did so before the client wanted something else.
        if !by_staff {
            it.snooze = None;
        }
        if let Some(day) = self.deadline {
            it.deadline = if day == it.deadline { day } else { deadline(day, cx.now)? };
        }
        it.design_type = kind.unwrap_or_else(|| it.design_type.clone());
        it.description = description.unwrap_or_else(|| it.description.clone());
        it.needs = needs.unwrap_or_else(|| it.needs.clone());
        it.budget = amount.unwrap_or(it.budget);
        stamp(cx, it, None, None);
        Ok(writes(vec![read.write()]))
    }
}
