package dev.interdict.server.draft;

import java.util.Locale;
import java.util.Optional;

/// What lint can say, each with a number that stays. A number is never used again for something
/// else.
public enum LintCode {
  R001(
      Severity.ERROR,
      "the file cannot be read",
      """
      A rule is one YAML 1.2 document (or JSON) in UTF-8, at most 256 KiB. Anchors, aliases, tags \
      and doubled keys are refused: they let a file say something else than it shows.\
      """,
      "Write plain keys and values, indented with spaces."),
  R002(
      Severity.ERROR,
      "unknown field",
      """
      Agents skip a rule with a field they do not know, because it might be a condition that \
      narrows what is removed. A misspelt field would therefore switch the rule off everywhere.\
      """,
      "Correct the name, or take the field out."),
  R003(
      Severity.ERROR,
      "missing field",
      "Every rule must say what it is about, how it is recognised and when it takes effect.",
      "Add the field; `interdict rule new ID` prints a rule with all of them."),
  R004(
      Severity.ERROR,
      "missing language",
      """
      Everything an employee reads exists in English (en) and Simplified Chinese (zh-CN). Nobody \
      may lose a tool with a reason they cannot read.\
      """,
      "Add the text in the missing language."),
  R005(
      Severity.ERROR,
      "empty text",
      "An empty text would be shown to employees as it is.",
      "Write the text, or leave the field out where it is optional."),
  R006(
      Severity.ERROR,
      "bad date, time, zone or duration",
      """
      Dates have one form each, so that nobody has to guess: 2026-07-10, 2026-07-10T00:00, a zone \
      of the IANA database such as Asia/Shanghai, durations such as PT24H or P2D.\
      """,
      "Write the value in that form."),
  R007(
      Severity.ERROR,
      "bad identity",
      """
      Software is recognised by typed identities: a package URL, an application's or extension's \
      identifier, the place of a program. There are no regular expressions and no plain names.\
      """,
      "Write the identity in its own form, such as pkg:npm/%40scope/name."),
  R008(
      Severity.ERROR,
      "bad value",
      "The value is there, but it is not one that the field can have.",
      "Write one of the values that the message names."),
  R011(
      Severity.ERROR,
      "rule id used twice",
      "Devices remember what happened by rule id; two rules of one id would be one to them.",
      "Give one of the rules another id."),
  R012(
      Severity.ERROR,
      "text too long",
      """
      Notices are read in seconds: names up to 48 characters or 24 Hanzi, reasons and notes up to \
      150 characters or 70 Hanzi, an assessment's summary up to 1000 characters.\
      """,
      "Shorten the text; put the details on a page of your own and link to it."),
  R013(
      Severity.ERROR,
      "invisible character",
      """
      Control characters and characters that turn the direction of writing make a text show \
      something else than it says.\
      """,
      "Type the text anew, without copying it from elsewhere."),
  R014(
      Severity.WARN,
      "text may be in the wrong language",
      "The Chinese text holds no Hanzi, or the English one does; they may have been swapped.",
      "Check both texts."),
  R021(
      Severity.ERROR,
      "takes effect in the past",
      """
      A new ban, or a new date, has to lie ahead: people must hear of it before it counts. A rule \
      that is already published with this very date may be published again.\
      """,
      "Write a later date."),
  R022(
      Severity.ERROR,
      "takes effect before it is announced",
      "The announcement is the moment from which employees are told; enforcement follows it.",
      "Write an effective date after the announcement."),
  R023(
      Severity.ERROR,
      "minimum notice longer than the time to the effective date",
      """
      A device's own date is never before its first shown notice plus the minimum notice. If that \
      is longer than the time from announcement to effective date, no device keeps the date.\
      """,
      "Announce earlier, take effect later, or write a shorter minimum notice."),
  R024(
      Severity.WARN,
      "reminder before the announcement",
      "A reminder that lies before the announcement is never shown.",
      "Leave it out, or write a shorter duration."),
  R025(
      Severity.WARN,
      "no minimum notice",
      """
      Without it, somebody who returns from leave after the effective date finds the tool gone \
      before reading a word about it.\
      """,
      "Write a minimum notice such as PT24H."),
  R026(
      Severity.ERROR,
      "ring outside the timeline",
      "A ring brings part of the fleet forward: after the announcement, not after the effective"
          + " date.",
      "Write a ring's date between the two."),
  R027(
      Severity.WARN,
      "minimum notice under 8 hours",
      """
      Who comes back after the date has the minimum notice and no more. In less than a working day \
      nobody can finish what they are at and move to another tool.\
      """,
      "Write at least PT8H, better PT24H."),
  R028(
      Severity.WARN,
      "no reminder before the last day",
      """
      Who did not see the announcement, or forgot it, hears of the ban on its last day, too late to \
      move. On that day people are told twice in any case. A rule without any reminders gets the \
      usual ones: weekly, and from a week before on each workday.\
      """,
      "Add a reminder such as P3D, or leave reminders out."),
  R029(
      Severity.WARN,
      "no time to decide on an exemption",
      """
      A request for an exemption takes a workday to decide. Who is first told after the date, and \
      has less than that left, loses the tool before anybody can have answered.\
      """,
      "Write a minimum notice of at least PT24H."),
  R031(
      Severity.WARN,
      "takes effect at midnight",
      """
      "10 July 00:00" is midnight, Thursday to Friday, and read by many as the night after 10 July. \
      Notices therefore say the last whole day; but most computers are off at midnight, and who \
      works that night is hit while nobody is there to help.\
      """,
      "Write a time in working hours, such as 10:00, or, if midnight was decided, allow it (see"
          + " below)."),
  R032(
      Severity.WARN,
      "no limit of items",
      """
      limits.max-items-per-device is the signed ceiling after which a device holds the rule and \
      reports, instead of removing what a mistaken pattern matched. Unwritten it is 20.\
      """,
      "Write the limit that you expect, such as 20."),
  R033(
      Severity.WARN,
      "no assessment",
      "A high or critical classification is asked about; the assessment says who decided it and"
          + " why.",
      "Add assessment: {summary, evidence, reviewers, date}."),
  R034(
      Severity.WARN,
      "takes effect on a public holiday, or on the last workday before one",
      """
      What goes wrong on such a day waits until the holiday is over, and many are away before it \
      begins. The holidays are those of the country of the rule's zone: mainland China by ICU's \
      lunar calendar and the law's fixed days, the United States, England and Wales, Germany and \
      France by their laws, elsewhere New Year's Day and Christmas Day. Days that a government \
      swaps from year to year are not known.\
      """,
      "Write a workday with workdays after it."),
  R035(
      Severity.WARN,
      "takes effect at the weekend",
      """
      Most computers are off, so that the removal meets people at their first start after it; who \
      does work is alone with it. Weekends are those of the country of the rule's zone.\
      """,
      "Write a workday."),
  R036(
      Severity.WARN,
      "takes effect late on the last workday of the week",
      "What goes wrong on a Friday evening waits until Monday.",
      "Write an earlier time, or a day with workdays after it."),
  R037(
      Severity.WARN,
      "announced outside working hours",
      """
      The announcement starts the time that people have. Outside 09:00 to 18:00 on a workday nobody \
      reads it, and nobody is there to answer questions.\
      """,
      "Write a time in working hours."),
  R038(
      Severity.WARN,
      "fewer than 3 workdays from the first ring to everybody",
      "A first ring is there to learn from; that takes people at work who notice and tell.",
      "Write an earlier date for the ring, or a later one for everybody."),
  R039(
      Severity.WARN,
      "fewer than 5 workdays from announcement to effective date",
      """
      People move to another tool beside their work. A workday counts if it is whole, that of the \
      announcement too if its morning is left.\
      """,
      "Announce earlier, or take effect later."),
  R040(
      Severity.WARN,
      "put off to a bad day",
      """
      Who puts the removal off gets a date that nobody chose: a weekend, a public holiday, the last \
      workday before one, or a Friday evening.\
      """,
      "Write a duration in defer that leads to a workday, such as P3D after a Friday."),
  R050(
      Severity.WARN,
      "hard on an ordinary person",
      """
      Lint tells itself the story of somebody who works from Monday to Friday, 09:00 to 18:00, and \
      of one who comes back from leave after the date, as `interdict simulate` tells it. It warns if \
      the tool is taken in the middle of work with less than 30 minutes of warning that day, if \
      nobody said a word on an earlier day, or if notices come in a burst.\
      """,
      "See it with interdict simulate; write a longer minimum notice or an earlier announcement."),
  R041(
      Severity.ERROR,
      "pattern too wide",
      """
      A program's place must lead into a folder of its own. Folders that many programs share, \
      such as .local/bin or /usr/bin, may only be followed by the program's own name.\
      """,
      "Name the program's own folder or file, such as .local/share/claude/versions/*."),
  R042(
      Severity.ERROR,
      "matches its own replacement",
      "The rule could remove what it tells people to use instead.",
      "Narrow the match, or correct replacement.identities."),
  R043(
      Severity.ERROR,
      "matches protected software",
      """
      The operating system, package managers, language runtimes, remote access, the desktop, \
      device management and Interdict itself are never touched; agents spare them anyway.\
      """,
      "Narrow the match."),
  R044(
      Severity.ERROR,
      "enforcement without strong evidence",
      """
      Names of models and of environment variables hint at use; they never lead to blocking or \
      removal. A rule with nothing else would do nothing.\
      """,
      "Add a package, application, extension or program, or write enforcement: notify."),
  R045(
      Severity.WARN,
      "replacement without identities",
      "With identities, the replacement is protected from this rule on every device.",
      "Add replacement: {identities: [...]} with its packages, applications or programs."),
  R046(
      Severity.ERROR,
      "wildcard in an identity",
      "Identities are compared as they stand. A wildcard in one matches nothing, and every device"
          + " would look clear.",
      "Name each package, application or extension; only places of programs take patterns."),
  R047(
      Severity.ERROR,
      "versions of another ecosystem",
      "Versions of one ecosystem cannot be compared by the order of another, so nothing would"
          + " match.",
      "Write the range for the package's own type, such as vers:npm/>=1.0.0."),
  R048(
      Severity.ERROR,
      "corporate network not defined",
      """
      A device knows the corporate network by hosts in it that prove a key which this signed rule \
      names. Without them no device is in it, and the rule would do nothing; with them but without \
      network: corporate it would hold everywhere.\
      """,
      "Write both, or neither: network: corporate and corporate: [{host, port, key}]."),
  R049(
      Severity.ERROR,
      "group that no device can be in",
      """
      Groups are given by enrolment tokens, in kebab-case. A rule for another name would reach \
      nobody, and one that spares it would spare nobody.\
      """,
      "Write the name as it was given, such as build-machines."),
  R051(
      Severity.WARN,
      "not in the risk register",
      """
      Whoever reviews a ban should see why the company wants it. The register holds that by product, \
      or by family for all of one vendor.\
      """,
      "Write an entry of the rule's id or family: interdict risk put."),
  R052(
      Severity.WARN,
      "review of the risk is overdue",
      "What was a risk once may be none any more; the register says by when to look again.",
      "Judge the product again and write down the next review."),
  R053(
      Severity.WARN,
      "other risk than in the register",
      "The rule and the register should not tell people two different things.",
      "Correct the one that is wrong.");

  /// Whether a finding keeps the rule from being published.
  public enum Severity {
    ERROR,
    WARN;

    /// As findings write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Severity severity;
  private final String title;
  private final String reason;
  private final String advice;

  LintCode(Severity severity, String title, String reason, String advice) {
    this.severity = severity;
    this.title = title;
    this.reason = reason;
    this.advice = advice;
  }

  /// The code that `text` names, in either case.
  public static Optional<LintCode> of(String text) {
    for (var code : values()) {
      if (code.name().equalsIgnoreCase(text)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  public Severity severity() {
    return severity;
  }

  /// What is wrong, in a few words.
  public String title() {
    return title;
  }

  /// Why it matters.
  public String reason() {
    return reason;
  }

  /// What to do about it.
  public String advice() {
    return advice;
  }
}
