/// The signed vocabulary: what is banned, from when, with what notice, and what makes agents do
/// less.
///
/// Comes in: verified bytes as [dev.interdict.json.Json]. Goes out: immutable values. Reading is
/// strict rule by rule: a rule with an unknown field is [dev.interdict.policy.Unreadable], never
/// half understood. Rules are data: no command, script, address to fetch or regular expression.
@NullMarked
package dev.interdict.policy;

import org.jspecify.annotations.NullMarked;
