package dev.interdict.decide.story;

import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that happens in a story.
public sealed interface Happening {
  Instant at();

  /// What a person may do about the rule.
  enum Choice {
    REMIND,
    PUT_OFF,
    REMOVE,
    REQUEST,
    DISPUTE
  }

  /// The tool is first seen here.
  record Found(Instant at) implements Happening {}

  /// The rule comes into the time of its announcement.
  ///
  /// @param on whether the device runs
  record Announced(Instant at, boolean on) implements Happening {}

  /// The rule is not for this device.
  record OutOfScope(Instant at, Verdict.Outside why) implements Happening {}

  /// A person is shown a notice.
  ///
  /// @param date that it names
  /// @param may what they may do
  /// @param putOffLeft how many times the removal may still be put off
  record Told(
      Instant at, String person, NoticePhase phase, Instant date, List<Choice> may, int putOffLeft)
      implements Happening {
    public Told {
      may = List.copyOf(may);
    }
  }

  /// A notice is due and nobody is there to see it.
  ///
  /// @param person empty where the device has no people
  record NobodyThere(Instant at, String person, NoticePhase phase) implements Happening {}

  /// A notice is due and waits for working hours.
  record HeldBack(Instant at, String person, @Nullable Instant until) implements Happening {}

  /// A person counts as told, since nothing could be shown to them.
  record GaveUp(Instant at, String person) implements Happening {}

  /// The device's date is set, or set anew.
  ///
  /// @param before the date until now, or null
  record DateSet(Instant at, DeviceDate date, @Nullable Instant before) implements Happening {}

  /// A person would answer a notice, and is not at the device then.
  record NotAtIt(Instant at, String person) implements Happening {}

  /// A person is to be reminded then; null if it is not possible now.
  record Reminding(Instant at, String person, @Nullable Instant until) implements Happening {}

  /// A person puts the removal off.
  ///
  /// @param until null if it is not possible now
  /// @param left how many times it may be put off after that
  record PutOff(Instant at, String person, @Nullable Instant until, int left)
      implements Happening {}

  /// A person asks for an exemption.
  ///
  /// @param waits until when the removal waits for the answer; null if it does not
  record Requested(Instant at, String person, @Nullable Instant waits) implements Happening {}

  /// The request is refused.
  record Refused(Instant at, String reason) implements Happening {}

  record Exempted(Instant at, Instant until) implements Happening {}

  /// What was told before no longer counts.
  record ExemptionEnded(Instant at) implements Happening {}

  /// @param why the reason that employees are shown
  record Held(Instant at, Verdict.Hold hold, String why) implements Happening {}

  /// It is held no longer.
  record Released(Instant at) implements Happening {}

  record Travelled(Instant at, ZoneId zone) implements Happening {}

  /// A new version of the rule comes.
  ///
  /// @param effective its effective date here
  /// @param anew whether people are told anew, since the date is another
  record NewVersion(Instant at, Instant effective, boolean anew) implements Happening {}

  record SwitchedOff(Instant at, Instant until) implements Happening {}

  record SwitchedOn(Instant at) implements Happening {}

  record Left(Instant at, String person, Instant until) implements Happening {}

  record Returned(Instant at, String person) implements Happening {}

  /// The date comes, and nothing is done yet.
  ///
  /// @param on whether the device runs; then a last call is still to be heard
  record DateComes(Instant at, boolean on) implements Happening {}

  /// The rule is enforced.
  ///
  /// @param present who sits at the device
  record Enforced(Instant at, Enforcement enforcement, Set<String> present) implements Happening {
    public Enforced {
      present = Set.copyOf(present);
    }
  }
}
