package dev.interdict.server.web.pages;

import dev.interdict.server.web.Href;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One device: where it stands with each rule, on what evidence, what people were told and
/// answered, and what was done.
///
/// @param warnings what makes its report less than whole
/// @param held what it moved to quarantine and did not give back
/// @param looks at this page, newest first
/// @param rescan who last wanted it to look again; null where nobody ever did
/// @param source the report that all of it was told by; null before the first
/// @param diagnostics what a support ticket needs to know of it, as text
public record DeviceView(
    Facts facts,
    List<Warning> warnings,
    List<OnRule> rules,
    List<Held> held,
    Timeline.Shown timeline,
    List<Looked> looks,
    @Nullable Asked rescan,
    @Nullable Source source,
    String diagnostics,
    Clock clock)
    implements View {

  /// About the device itself.
  ///
  /// @param person whose it is, by the company's list; null where that does not say
  /// @param standing whether it counts
  /// @param rights what stands there before a command that needs an administrator's
  /// @param behind by how many serials its policy is old; null before its first policy
  public record Facts(
      String id,
      String host,
      String department,
      @Nullable String person,
      Counts standing,
      String ring,
      String os,
      String rights,
      String osVersion,
      @Nullable String agent,
      Contact contact,
      @Nullable Long serial,
      @Nullable Long behind) {}

  /// Whether a device counts.
  ///
  /// @param word such as `waiting`
  /// @param why as somebody wrote it; empty where nobody did
  /// @param replaces the device in whose place it would stand; empty for none
  public record Counts(String word, String why, String replaces) {
    public boolean active() {
      return word.equals("active");
    }
  }

  /// A problem, and what to do about it; empty for nothing.
  public record Warning(String text, String next) {}

  /// Some software in quarantine.
  ///
  /// @param least until when it is kept at least
  public record Held(String rule, String name, String identity, Instant since, Instant least) {}

  /// A way to see less of a list.
  public record Tab(String label, long count, Href href, boolean current) {}

  /// When it was heard and what it had looked at.
  public record Contact(
      Instant enrolled, Instant last, @Nullable Instant scanned, boolean silent) {}

  /// Where it stands with one rule.
  ///
  /// @param id of the rule
  /// @param href its page; null for a rule that is no longer published
  /// @param failed whether its removal needs hands
  /// @param publisher of the software, as the rule has it; empty where that is not published
  /// @param date the device's own date of removal
  /// @param firstSeen when its software was first reported; null where it never was
  /// @param first the report that did so; null where it is not kept any more
  public record OnRule(
      String id,
      String name,
      String publisher,
      @Nullable Href href,
      Standing standing,
      @Nullable Instant date,
      @Nullable Instant since,
      @Nullable Instant firstSeen,
      @Nullable Source first,
      boolean failed,
      List<Evidence> evidence) {
    public OnRule {
      evidence = List.copyOf(evidence);
    }
  }

  /// One match.
  public record Evidence(
      String source,
      String identity,
      String version,
      String location,
      String strength,
      boolean running,
      boolean disputed) {}

  /// A report, by which what is shown can be proven.
  ///
  /// @param number of the device's reports
  /// @param received when it came; null where that is not known any more
  /// @param hash the SHA-256 of its exact bytes, in hex
  /// @param intact whether the bytes that are kept give that hash; null where none are kept
  public record Source(
      long number, @Nullable Instant received, String hash, @Nullable Boolean intact) {}

  /// That somebody wanted it to look again.
  ///
  /// @param told when it had told; null while it has not
  public record Asked(Instant at, String by, @Nullable Instant told) {}

  /// Who looked at this page, and in which roles.
  public record Looked(Instant at, String who, String roles) {}

  public DeviceView {
    warnings = List.copyOf(warnings);
    rules = List.copyOf(rules);
    held = List.copyOf(held);
    looks = List.copyOf(looks);
  }

  @Override
  public String template() {
    return "device.jte";
  }
}
