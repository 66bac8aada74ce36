package dev.interdict.server.web.pages;

import dev.interdict.policy.Enforcement;
import dev.interdict.server.web.Deed;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What concerns whoever is signed in: their devices, and their account.
///
/// @param me of `getMe`
/// @param opened of `listMySessions`
/// @param list of `listMyDevices`, a page of it
/// @param names that were looked for in the company's list; empty where nobody has any
/// @param elsewhere whether they sign in at an identity provider
/// @param contact whom they may ask
public record MeView(
    Row me,
    Row opened,
    Listed list,
    String names,
    List<Mine> devices,
    boolean elsewhere,
    Contact contact,
    Clock clock)
    implements View {

  /// Whom to ask.
  ///
  /// @param href null where it is no address
  public record Contact(String text, @Nullable String href) {
    static Contact of(String said) {
      return new Contact(
          said,
          said.matches("https://\\S+")
              ? said
              : said.matches("[^\\s@?&:]+@[^\\s@?&:]+") ? "mailto:" + said : null);
    }
  }

  /// One device.
  ///
  /// @param id null where none has enrolled
  /// @param row of `listMyDevices`
  public record Mine(
      String host, @Nullable String id, List<Concern> concerns, List<Asked> asked, Row row) {
    public Mine {
      concerns = List.copyOf(concerns);
      asked = List.copyOf(asked);
    }
  }

  /// What a rule means for a device.
  ///
  /// @param sentence what happens when, or happened
  /// @param next what follows from it; empty for nothing
  /// @param look the name of its glyph and colour
  /// @param told what the employee may read; null for a rule that is no longer published
  /// @param has whether something of it is there
  /// @param way what happens when; empty where nothing more does
  /// @param answers what its person may say to it
  /// @param ask what they may ask for here; null where they may not
  /// @param found what was found, and where
  /// @param conditions under which its exemption holds; empty for none
  public record Concern(
      String rule,
      String sentence,
      String next,
      String look,
      @Nullable Told told,
      boolean has,
      List<Step> way,
      List<Answer> answers,
      @Nullable Ask ask,
      List<Row> found,
      String conditions) {
    public Concern {
      way = List.copyOf(way);
      answers = List.copyOf(answers);
      found = List.copyOf(found);
    }
  }

  /// What can be typed on the computer.
  public record Answer(String label, String command) {}

  /// An exemption that can be asked for here.
  ///
  /// @param name what people call the rule
  /// @param last the latest day
  /// @param zone of that day
  /// @param command that asks on the computer, where asking holds the removal; empty where it holds
  ///   nothing there either
  public record Ask(
      Deed deed, String name, LocalDate first, LocalDate last, ZoneId zone, String command) {}

  /// Something that happens at a time.
  ///
  /// @param day whether the hour is not known
  /// @param next whether it is the first that is still to come
  public record Step(String label, Instant at, boolean day, boolean done, boolean next) {}

  /// What a rule tells employees.
  ///
  /// @param enforcement what happens from its date on
  /// @param keep places in their home that nothing is taken from
  public record Told(
      String reason,
      String replacement,
      String replacementUrl,
      ZoneId zone,
      Enforcement enforcement,
      List<String> keep) {
    public Told {
      keep = List.copyOf(keep);
    }
  }

  /// A request and its answer.
  ///
  /// @param rule what people call it
  /// @param here whether it was asked here, and not on the computer
  /// @param answer in words; empty while it waits
  /// @param detail why; empty for nothing
  /// @param conditions under which what was granted holds; empty for none
  public record Asked(
      Instant at,
      String rule,
      String reason,
      @Nullable Instant until,
      boolean here,
      String answer,
      String detail,
      String conditions,
      String look) {}

  public MeView {
    devices = List.copyOf(devices);
  }

  @Override
  public String template() {
    return "me.jte";
  }
}
