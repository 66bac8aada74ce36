package dev.interdict.decide.story;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// Something that somebody does about the rule, or with the device.
public sealed interface Turn {
  Instant at();

  /// What a person does at the device.
  sealed interface Answer extends Turn {
    String person();
  }

  /// A person answers a notice: remind me then.
  record Remind(Instant at, String person, Instant until) implements Answer {}

  /// A person puts the removal off.
  record PutOff(Instant at, String person) implements Answer {}

  /// A person asks for an exemption.
  record Request(Instant at, String person) implements Answer {}

  /// The request is refused.
  record Refuse(Instant at, String reason) implements Turn {}

  /// An exemption reaches the device.
  record Exempt(Instant at, Instant until) implements Turn {}

  /// The rule is stopped.
  record Stop(Instant at, String reason) implements Turn {}

  /// It is stopped no longer.
  record Resume(Instant at) implements Turn {}

  /// The device is taken to another zone, its people with it.
  record Travel(Instant at, ZoneId zone) implements Turn {}

  /// A new version of the rule comes with other dates, in the rule's zone.
  record NewDates(Instant at, LocalDateTime announce, LocalDateTime effective) implements Turn {}
}
