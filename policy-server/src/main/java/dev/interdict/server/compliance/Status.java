package dev.interdict.server.compliance;

import dev.interdict.json.Fields;
import dev.interdict.report.RuleState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a device counts as under one rule. Each device counts as exactly one, so that the parts add
/// up to the fleet. The constants stand in order of precedence: an overlay hides what the device
/// itself reported.
///
/// The fleet is what the company's list of workstations says, and every device that enrolled
/// besides. Without a list it is the devices that enrolled.
public enum Status {
  /// On the company's list, and no device counts as it: never enrolled, or not yet approved.
  NOT_ENROLLED,
  /// The device cannot be scanned.
  UNSUPPORTED,
  /// Not heard of for longer than allowed; its last known state stays visible beside it.
  SILENT,
  /// Holds an exemption that has not ended.
  EXEMPT,
  /// Removal failed; it still has the software.
  FAILED,
  /// Being removed.
  REMOVING,
  /// Has the software.
  PRESENT,
  /// Enrolled, says that it does not have the software, and is on no list: whether it is one of the
  /// company's workstations nobody vouches for, so it must not make the fleet look better.
  UNEXPECTED,
  /// Removed, and a second scan found nothing.
  REMOVED,
  /// Wholly scanned, nothing found.
  CLEAR,
  /// Never reported on this rule, or only partly scanned without a finding.
  UNKNOWN;

  /// The one definition for devices.
  ///
  /// @param unexpected whether there is a list that the device is not on
  /// @param supported whether the device can be scanned
  /// @param lastContact when it last proved to be there
  /// @param exemptUntil the end of its exemption from the rule; null for none
  /// @param reported what its last report says of the rule; null if nothing
  /// @param silentBefore the instant before which a last contact means silence
  public static Status of(
      boolean unexpected,
      boolean supported,
      Instant lastContact,
      @Nullable Instant exemptUntil,
      @Nullable RuleState reported,
      Instant silentBefore,
      Instant now) {
    if (!supported) {
      return UNSUPPORTED;
    }
    if (lastContact.isBefore(silentBefore)) {
      return SILENT;
    }
    if (exemptUntil != null && exemptUntil.isAfter(now)) {
      return EXEMPT;
    }
    var status = of(reported);
    return unexpected && !status.hasIt() ? UNEXPECTED : status;
  }

  /// What a reported state counts as where no overlay hides it.
  static Status of(@Nullable RuleState reported) {
    return switch (reported) {
      case null -> UNKNOWN;
      case UNKNOWN -> UNKNOWN;
      case CLEAR -> CLEAR;
      case PRESENT -> PRESENT;
      case REMOVING -> REMOVING;
      case REMOVED -> REMOVED;
      case FAILED -> FAILED;
    };
  }

  /// Whether it belongs to the headline: devices that still have the software.
  public boolean hasIt() {
    return switch (this) {
      case PRESENT, REMOVING, FAILED -> true;
      case NOT_ENROLLED, UNSUPPORTED, SILENT, EXEMPT, UNEXPECTED, REMOVED, CLEAR, UNKNOWN -> false;
    };
  }

  /// Whether it counts as compliant.
  public boolean compliant() {
    return switch (this) {
      case CLEAR, REMOVED, EXEMPT -> true;
      case NOT_ENROLLED, UNSUPPORTED, SILENT, FAILED, REMOVING, PRESENT, UNEXPECTED, UNKNOWN ->
          false;
    };
  }

  /// Whether it is laid over what the device reported.
  public boolean overlay() {
    return this == UNSUPPORTED || this == SILENT || this == EXEMPT || this == UNEXPECTED;
  }

  /// The word in URLs, JSON and the database.
  public String word() {
    return Fields.written(this);
  }

  /// The status of a word.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Status ofWord(String word) {
    for (var status : values()) {
      if (status.word().equals(word)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no such status");
  }
}
