package dev.interdict.decide;

import java.time.ZonedDateTime;

/// One planned notice. Immutable.
///
/// @param from the earliest moment of showing it, in the person's zone
public record Moment(NoticePhase phase, ZonedDateTime from) {
  WorkingHours hours() {
    return phase == NoticePhase.DAY_BEFORE ? WorkingHours.LAST_DAY : WorkingHours.WORKDAY;
  }
}
