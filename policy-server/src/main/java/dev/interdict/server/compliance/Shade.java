package dev.interdict.server.compliance;

import dev.interdict.report.RuleState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What lies over what a device tells, as it is kept with the device and with each of its rules and
/// counted under it. The constants stand in order of precedence.
///
/// Silence and exemption come and go by time alone. What is kept follows within a minute; until
/// then [Moved] has those that it does not hold for, so that nothing which is shown depends on it.
public enum Shade {
  /// It does not count.
  ASIDE,
  /// It cannot be scanned.
  UNSUPPORTED,
  /// Not heard of for longer than allowed.
  SILENT,
  /// Only of a rule: an exemption from it has not ended.
  EXEMPT,
  /// Nothing.
  PLAIN;

  /// That of a device which was heard of just now.
  ///
  /// @param counted whether it is part of the fleet
  public static Shade of(boolean counted, boolean supported) {
    return !counted ? ASIDE : supported ? PLAIN : UNSUPPORTED;
  }

  /// That of a rule on a device of this one.
  public Shade ofRule(boolean exempt) {
    return this == PLAIN && exempt ? EXEMPT : this;
  }

  /// What a device of this shade counts as; none that is [#ASIDE] does.
  ///
  /// @param unexpected whether there is a list that the device is not on
  Status status(boolean unexpected, @Nullable RuleState reported) {
    return switch (this) {
      case ASIDE -> throw new IllegalStateException("a device that does not count as anything");
      case UNSUPPORTED -> Status.UNSUPPORTED;
      case SILENT -> Status.SILENT;
      case EXEMPT -> Status.EXEMPT;
      case PLAIN -> {
        var status = Status.of(reported);
        yield unexpected && !status.hasIt() ? Status.UNEXPECTED : status;
      }
    };
  }

  /// The word in the database.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The shade of a word of the database.
  public static Shade ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
