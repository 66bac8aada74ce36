package dev.interdict.server.cli.operations;

import static dev.interdict.server.cli.operations.Deed.get;
import static dev.interdict.server.cli.operations.Deed.post;
import static dev.interdict.server.cli.operations.Deed.put;

import dev.interdict.server.cli.terminal.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/// The table of commands that ask the API: groups by name, and commands that stand alone.
public final class Deeds {
  private static final String NOTE = "For the record.";
  private static final String WHY = "Why, for the record and for whoever it is about.";
  private static final String[] DRAFT = {
    "draft", "rule", "state", "revision", "sha256", "author", "origin", "approved-until", "serial"
  };
  private static final String[] CASE = {
    "case", "state", "device", "host", "rule", "until", "reason", "unpublished"
  };
  private static final String[] VIEW = {"view", "name", "address", "owner", "shared"};
  private static final String[] SCHEDULE = {
    "schedule", "rule", "view", "every", "on", "hour", "zone", "to", "next", "last", "error"
  };
  private static final String[] PROPOSAL = {
    "proposal", "kind", "state", "change", "proposed-by", "decided-by", "until", "note"
  };
  private static final String[] ITEM = {
    "device", "host", "rule", "state", "class", "since", "owner", "comments"
  };
  private static final String[] HELD = {"all", "rules", "reason", "behind"};

  private static final SequencedMap<String, List<Deed>> GROUPS = groups();
  private static final Map<String, Deed> ALONE = alone();

  private Deeds() {}

  /// All of them.
  static List<Deed> all() {
    return Stream.concat(GROUPS.values().stream().flatMap(List::stream), ALONE.values().stream())
        .toList();
  }

  /// Those of a group, by the group's name.
  public static List<CommandLine> below(String group, Console console) {
    return GROUPS.getOrDefault(group, List.of()).stream()
        .map(deed -> DeedCommand.of(deed, console))
        .toList();
  }

  /// One of a group.
  public static CommandLine of(String group, String name, Console console) {
    return GROUPS.getOrDefault(group, List.of()).stream()
        .filter(deed -> deed.name.equals(name))
        .findFirst()
        .map(deed -> DeedCommand.of(deed, console))
        .orElseThrow();
  }

  /// The one of that name that stands alone.
  public static CommandLine alone(String name, Console console) {
    return DeedCommand.of(Objects.requireNonNull(ALONE.get(name), name), console);
  }

  private static SequencedMap<String, List<Deed>> groups() {
    var groups = new LinkedHashMap<String, List<Deed>>();
    groups.put("draft", drafts());
    groups.put(
        "proposal",
        List.of(
            get("list", "/proposals", "Lists what was proposed, the newest first.")
                .may("--state", "state", "open, refused, agreed, ended or used.")
                .pages("proposals", "proposal", "kind", "state", "change", "proposed-by", "until"),
            post("agree", "/proposals/{proposal}/agree", "Agrees to what somebody else proposed.")
                .may("--note", "note", NOTE)
                .shows(PROPOSAL),
            post("refuse", "/proposals/{proposal}/refuse", "Refuses what is proposed.")
                .may("--note", "note", NOTE)
                .shows(PROPOSAL)));
    groups.put("exemption", exemptions());
    groups.put("failures", queue());
    groups.put("queue", queue());
    groups.put("enrol", admissions());
    groups.put("token", tokens());
    groups.put("views", views());
    groups.put("schedule", schedules());
    groups.put(
        "risk",
        List.of(
            get("list", "/risks", "Lists all entries, the next to be reviewed first.")
                .pages("risks", "entry", "version", "at", "by"),
            get("show", "/risks/{entry}", "Shows one entry.")
                .shows("entry", "version", "at", "by")));
    groups.put(
        "device",
        List.of(
            post(
                    "rescan",
                    "/fleet/rescan",
                    "Asks workstations to look anew and tell all of it at their next contact.")
                .needsTexts("DEVICE", "devices", "The ids of at most 300 workstations.")
                .shows("asked", "waiting", "recent"),
            post(
                    "retire",
                    "/fleet/retire",
                    "Says that workstations are gone for good. One that is retired already is no"
                        + " error: it stays as it is and is counted under \"already\".")
                .needsTexts(
                    "DEVICE",
                    "devices",
                    "At most 300 workstations, all or none of them; with --propose at most 5000.")
                .needs("--reason", "reason", WHY)
                .shows("retired", "already")
                .instead("--propose", "/fleet/retire/propose", PROPOSAL),
            post(
                    "retire-agreed",
                    "/proposals/{proposal}/retire",
                    "Retires the workstations of a proposal that somebody else agreed to.")
                .shows("retired", "already"),
            post("return", "/devices/{device}/return", "Takes back that it is gone.")
                .needs("--reason", "reason", WHY)
                .shows("device"),
            post(
                    "erase",
                    "/devices/{device}/erase",
                    "Erases for good what is kept of a retired workstation.")
                .needs("--reason", "reason", WHY)
                .shows("device", "reports")));
    groups.put("ring", rings());
    return groups;
  }

  private static List<Deed> rings() {
    var one = "/rings/{ring}";
    return List.of(
        get("list", "/rings", "Lists the rings that workstations are in, the first one first.")
            .lists("rings", "place", "name", "devices", "failures", "percent", "description"),
        get("show", one, "Shows a ring.")
            .shows("name", "version", "place", "failures", "percent", "description"),
        put("set", one, "Describes a ring, or describes it anew.")
            .number("--place", "place", true, "Where it comes: 1 before 2.")
            .needs("--description", "description", "What it is for.")
            .number(
                "--failures",
                "failures",
                false,
                "More failed removals in it than this hold a rule; without, no bound of its own.")
            .number(
                "--percent",
                "percent",
                false,
                "As --failures, as a part of the ring in percent, 1 to 100.")
            .seen(one)
            .shows("name", "version", "place", "failures", "percent", "description")
            .instead("--propose", one + "/propose-description", PROPOSAL),
        post("remove", one + "/remove", "Takes a ring out that nobody is in.")
            .seen(one)
            .shows("name"),
        post("move", one + "/move", "Puts workstations into a ring, all that are named or none.")
            .needsTexts("--device", "devices", "A workstation's id; repeatable.")
            .shows("ring", "moved")
            .instead("--propose", one + "/propose", PROPOSAL));
  }

  private static List<Deed> drafts() {
    var one = "/drafts/{draft}";
    return List.of(
        post("new", "/drafts", "Begins a draft: from a file, the catalogue, or the rule in force.")
            .file(false, "content", "A rule file.")
            .may("--catalogue", "catalogue", "A rule of the catalogue.")
            .may("--rule", "rule", "The rule of that id in force.")
            .number("--serial", "serial", false, "With --rule: as that serial had it.")
            .shows(DRAFT),
        get("list", "/drafts", "Lists the drafts, the newest first.")
            .may("--state", "state", "In this state.")
            .flag("--all", "closed", "Those too that were published or discarded.")
            .pages("drafts", "draft", "rule", "state", "revision", "author"),
        get("show", one, "Shows a draft.")
            .alone("--content", "content", "Print the rule's text, to be edited.")
            .shows(DRAFT),
        put("edit", one, "Gives a draft another text, from a file.")
            .file(true, "content", "The rule's new text.")
            .revision("The revision that you changed, as draft show prints it.")
            .seen(one)
            .shows(DRAFT),
        get("lint", one, "Says what is wrong with a draft's text.")
            .lists("lint", "at", "severity", "code", "message"),
        post("observe", one + "/observe", "Lets workstations look for it, and do nothing else.")
            .seen(one)
            .shows("serial", "changes", "sha256"),
        post("preview", one + "/preview", "Counts whom a draft would hit, and keeps that.")
            .shows("preview", "sha256", "taken", "by", "estimate"),
        post("submit", one + "/submit", "Asks somebody else to review it.")
            .may("--note", "note", NOTE)
            .may("--few-looked", "few-looked", "Why, although few workstations have looked.")
            .seen(one)
            .shows(DRAFT),
        post("approve", one + "/approve", "Agrees to a draft that somebody else submitted.")
            .needs("--sha256", "sha256", "The text's SHA-256, as draft show prints it.")
            .flag("--samples-seen", "samples-seen", "You have looked at the sample matches.")
            .flag("--few-looked", "few-looked", "You too answer for how few have looked.")
            .may("--note", "note", NOTE)
            .seen(one)
            .shows(DRAFT),
        post("reject", one + "/reject", "Gives a draft back to its author.")
            .needs("--comment", "comment", "What is to be changed.")
            .seen(one)
            .shows(DRAFT),
        post(
                "publish",
                one + "/publish",
                "Publishes a draft that was approved, or makes agents do" + " no more.")
            .seen(one)
            .shows("serial", "changes", "sha256"),
        post("discard", one + "/discard", "Gives a draft up.")
            .needs("--reason", "reason", WHY)
            .seen(one)
            .shows(DRAFT));
  }

  private static List<Deed> exemptions() {
    var about = "/devices/{device}/exemptions/{rule}";
    return List.of(
        get("requests", "/exemptions/requests", "Lists requests that nobody has looked at.")
            .pages("requests", "request", "device", "host", "rule", "until", "reason", "person"),
        get("list", "/exemptions", "Lists exemptions: those that hold, or wait.")
            .may("--state", "state", "granted, confirmed (waits for the second person), or any.")
            .pages("exemptions", "case", "state", "host", "rule", "until", "reason"),
        get("show", about, "Shows what was decided for a workstation and a rule.")
            .lists("cases", "case", "state", "until", "reason", "first", "decided"),
        post("grant", about + "/grant", "Takes the next of two steps towards an exemption.")
            .may("--until", "until", "Its end, an instant in UTC; as asked for without.")
            .needs("--reason", "reason", WHY)
            .seen(about)
            .shows(CASE),
        post("refuse", about + "/refuse", "Says no to what waits.")
            .needs("--reason", "reason", WHY)
            .needs("--contact", "contact", "Whom the employee may ask.")
            .seen(about)
            .shows(CASE),
        post("end", about + "/end", "Ends what holds before its time, or takes back what waits.")
            .needs("--reason", "reason", WHY)
            .seen(about)
            .shows(CASE));
  }

  private static List<Deed> queue() {
    var item = "/queue-items/{device}/{rule}";
    var words = "At most 1000 characters, for whoever reads it later.";
    return List.of(
        get("list", "/queue-items", "Lists removals that need hands, the longest failing first.")
            .may("--rule", "rule", "Only of this rule.")
            .may("--class", "class", "Only of this class of errors.")
            .may("--owner", "owner", "Only those that they look after; nobody for nobody's.")
            .may("--department", "dept", "Only of this department.")
            .may("--os", "os", "Only on this operating system.")
            .may("--state", "state", "open, resolved or closed; open without.")
            .pages("queue-items", ITEM),
        get("show", item, "Shows one, with what was said of it.")
            .shows("item", "meaning", "next-step", "history"),
        post("assign", item + "/assign", "Says who looks after it.")
            .may("--to", "owner", "Whose account it is; nobody's without.")
            .shows("item"),
        post("link", item + "/link", "Says in which ticket it is worked on.")
            .may(
                "--ticket",
                "ticket",
                "Its address or number; without, it is in no ticket any more.")
            .shows("item"),
        post("comment", item + "/comment", "Says something about it.")
            .needs("--text", "text", words)
            .shows("item"),
        post(
                "resolve",
                item + "/resolve",
                "Says that it is solved; the next failure brings it back.")
            .needs("--text", "text", words)
            .shows("item"),
        post("reopen", item + "/reopen", "Takes back that it is solved.")
            .needs("--text", "text", words)
            .shows("item"));
  }

  private static List<Deed> views() {
    var one = "/views/{view}";
    return List.of(
        get("list", "/views", "Lists what you keep and what others share, by name.")
            .pages("views", VIEW),
        post("save", "/views", "Keeps a page of the console by name.")
            .needs("--name", "name", "Its name.")
            .needs(
                "--address",
                "address",
                "Path and query of the page, such as /devices?rule=claude-code.")
            .flag("--shared", "shared", "For everybody; needs the role auditor or administrator.")
            .shows(VIEW),
        post("rename", one + "/rename", "Gives a saved view another name.")
            .needs("--name", "name", "Its new name.")
            .shows(VIEW),
        post("remove", one + "/remove", "Forgets a saved view."));
  }

  private static List<Deed> schedules() {
    return List.of(
        get("list", "/report-schedules", "Lists what goes out, the next first, and what failed.")
            .pages("schedules", SCHEDULE),
        post("add", "/report-schedules", "Has a summary sent by mail again and again.")
            .may("--rule", "rule", "The summary of this rule.")
            .may("--view", "view", "The summary of this saved view, with a link to it.")
            .needs("--every", "every", "day, week or month.")
            .number(
                "--on",
                "on",
                false,
                "Of a week its day, 1 (Monday) to 7; of a month its day, 1 to 28; 1 without.")
            .number("--hour", "hour", true, "The hour, 0 to 23.")
            .needs("--zone", "zone", "The time zone of day and hour, such as Asia/Shanghai.")
            .needsTexts("--to", "to", "The address of a recipient; repeatable.")
            .may("--lang", "lang", "en or zh-CN; en without.")
            .shows(SCHEDULE),
        post("remove", "/report-schedules/{schedule}/remove", "Has it sent no more."));
  }

  private static List<Deed> admissions() {
    return List.of(
        get("queue", "/admissions", "Lists workstations that wait, the longest waiting first.")
            .pages("admissions", "device", "host", "since", "why", "replaces"),
        post("approve", "/admissions/{device}/approve", "Lets a workstation count that waits.")
            .flag("--replace", "replace", "Also where it takes the place of another.")
            .shows("device"),
        post("refuse", "/admissions/{device}/refuse", "Refuses one that waits.")
            .needs("--reason", "reason", WHY)
            .shows("device"));
  }

  private static List<Deed> tokens() {
    return List.of(
        post("create", "/enrolment-tokens", "Makes an enrolment token; its secret is shown once.")
            .needs("--department", "department", "Whose workstations enrol with it.")
            .may("--ring", "ring", "Their ring; everyone without.")
            .texts("--tag", "tags", "A tag of theirs; repeatable.")
            .texts("--group", "groups", "A group of theirs; repeatable.")
            .number("--days", "days", true, "For how many days it is good.")
            .number("--uses", "uses", true, "How many workstations it admits.")
            .flag("--approval", "approval", "Each waits until somebody approves it.")
            .shows("secret", "token"),
        get("list", "/enrolment-tokens", "Lists enrolment tokens, the newest first.")
            .pages("tokens", "id", "department", "ring", "expires", "uses-left", "revoked"),
        post("revoke", "/enrolment-tokens/{token}/revoke", "Ends an enrolment token at once."));
  }

  private static Map<String, Deed> alone() {
    return Map.of(
        "pause",
        post("pause", "/holds/pause", "Holds rules on every workstation, beside what is held.")
            .texts("RULE", "rules", "The ids of the rules.")
            .flag("--all", "all", "Hold every rule.")
            .needs("--reason", "reason", "Why; employees whose removal is held read it.")
            .shows(HELD),
        "resume",
        post(
                "resume",
                "/holds/resume",
                "Lets go of rules that are held: of those named, or of all.")
            .texts("RULE", "rules", "The ids of the rules.")
            .may("--note", "note", "What was found, for the record.")
            .instead("--propose", "/holds/propose", PROPOSAL)
            .shows("all", "rules", "reason", "behind", "proposal", "kind", "state", "change"),
        "withdraw",
        post("withdraw", "/rules/{rule}/withdraw", "Takes a rule off the list.")
            .may("--reason", "reason", WHY)
            .shows("serial", "changes"));
  }
}
