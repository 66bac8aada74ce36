/// What an employee is to be told, as data, and whether it was really shown.
///
/// Comes in: rules, each with a [dev.interdict.agent.notice.Phase] and its facts, and a recipient.
/// Goes out: a [dev.interdict.agent.notice.Notice], which crosses pipes and sockets as
/// [dev.interdict.agent.notice.NoticeJson], and a [dev.interdict.agent.notice.Receipt] for each
/// attempt to show it. It decides neither dates nor whom to tell, and holds no words: those are
/// made in the process that shows them, as the person addressed.
@NullMarked
package dev.interdict.agent.notice;

import org.jspecify.annotations.NullMarked;
