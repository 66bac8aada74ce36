package dev.interdict.server.cli.operations;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.operations.Given.Kind;
import dev.interdict.server.cli.remote.Answer;
import dev.interdict.server.cli.remote.RemoteOptions;
import dev.interdict.server.cli.remote.RemoteServer;
import dev.interdict.server.cli.remote.Sheet;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Does what an entry of the table says.
final class DeedCommand implements Callable<Integer> {
  private static final int MOST = 1_000;
  private static final int LONGEST_FILE = 256 << 10;
  private static final int WIDEST = 300;

  private final Deed deed;
  private final Console console;
  private final RemoteOptions remote = new RemoteOptions();
  private final Output output = new Output();
  private final Sheet sheet = new Sheet();
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private DeedCommand(Deed deed, Console console) {
    this.deed = deed;
    this.console = console;
  }

  static CommandLine of(Deed deed, Console console) {
    return new CommandLine(new DeedCommand(deed, console).described());
  }

  private CommandSpec described() {
    spec.name(deed.name).mixinStandardHelpOptions(true);
    spec.usageMessage()
        .description(deed.description)
        .footer(
            "",
            "Exit codes: 0 done, 1 there is no such thing, 2 not understood, 3 cannot reach the",
            "server, 4 refused, 5 signature or key, 6 somebody else was faster.");
    spec.addMixin("remote", CommandSpec.forAnnotatedObject(remote));
    spec.addMixin("output", CommandSpec.forAnnotatedObject(deed.rows == null ? output : sheet));
    var index = 0;
    for (var place : deed.places) {
      spec.addPositional(
          place(index++, place.toUpperCase(Locale.ROOT), true, String.class, what(place)));
    }
    for (var given : deed.givens) {
      if (given.isOption()) {
        spec.addOption(option(given));
      } else if (given.kind() == Kind.TEXTS) {
        spec.addPositional(
            PositionalParamSpec.builder()
                .index(index + "..*")
                .arity(given.required() ? "1..*" : "0..*")
                .required(given.required())
                .paramLabel(given.name())
                .type(String[].class)
                .description(given.description())
                .build());
      } else {
        spec.addPositional(
            place(index++, given.name(), given.required(), Path.class, given.description()));
      }
    }
    if (deed.insteadFlag != null) {
      spec.addOption(
          OptionSpec.builder(deed.insteadFlag)
              .type(boolean.class)
              .description("Propose it to somebody else instead of doing it.")
              .build());
    }
    return spec;
  }

  private static String what(String place) {
    return switch (place) {
      case "device" -> "The workstation's id.";
      case "rule" -> "The rule's id.";
      case "ring" -> "The ring's name.";
      case "draft", "proposal" -> "Its number.";
      case "token" -> "The token's id, as the list has it.";
      default -> "Its id, as the list has it.";
    };
  }

  private static PositionalParamSpec place(
      int index, String label, boolean required, Class<?> type, String description) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(index))
        .arity(required ? "1" : "0..1")
        .required(required)
        .paramLabel(label)
        .type(type)
        .description(description)
        .build();
  }

  private static OptionSpec option(Given given) {
    var builder =
        OptionSpec.builder(given.name())
            .required(given.required())
            .description(given.description());
    return switch (given.kind()) {
      case FLAG, ALONE -> builder.type(boolean.class).build();
      case NUMBER, REVISION -> builder.paramLabel("N").type(Long.class).build();
      case TEXTS -> builder.paramLabel("TEXT").type(String[].class).build();
      case TEXT, FILE -> builder.paramLabel("TEXT").type(String.class).build();
    };
  }

  /// The tag of what is not there yet.
  private static final String NONE_YET = "\"0\"";

  @Override
  public Integer call() throws IOException {
    try (var server = remote.open(console)) {
      var body = body();
      if (deed.paged) {
        var filter = new TreeMap<String, List<String>>();
        body.members().forEach((name, value) -> filter.put(name, words(value)));
        var rows = String.valueOf(deed.rows);
        sheet.print(server, path(deed.path), rows, filter, MOST, deed.shown, console);
        return Exit.OK;
      }
      show(answer(server, body));
      return Exit.OK;
    }
  }

  private Answer answer(RemoteServer server, Json.Obj body) {
    if (deed.method.equals("GET")) {
      var query = new TreeMap<String, List<String>>();
      body.members().forEach((name, value) -> query.put(name, words(value)));
      return server.read(path(deed.path) + (query.isEmpty() ? "" : RemoteServer.query(query)));
    }
    if (isInstead()) {
      return server.change("POST", path(String.valueOf(deed.insteadPath)), body, null);
    }
    String tag = null;
    if (deed.seen != null) {
      // What is written down whole may be the first of its name.
      var seen =
          deed.method.equals("PUT")
              ? server.find(path(deed.seen))
              : Optional.of(server.read(path(deed.seen)));
      seen.ifPresent(this::expectRevision);
      tag = seen.isPresent() ? seen.get().tag() : NONE_YET;
    }
    return server.change(deed.method, path(deed.path), deed.givens.isEmpty() ? null : body, tag);
  }

  private boolean isInstead() {
    var flag = deed.insteadFlag;
    return flag != null && Boolean.TRUE.equals(typed(flag));
  }

  /// Somebody changed a text that they had read before this command began.
  private void expectRevision(Answer seen) {
    for (var given : deed.givens) {
      if (given.kind() == Kind.REVISION) {
        var now = seen.body().get(given.member());
        if (!(now instanceof Json.Int(var is)) || !Objects.equals(is, typed(given))) {
          throw new Failure(
              Exit.CONFLICT,
              "it has revision "
                  + (now instanceof Json.Int(var number) ? number : "?")
                  + " by "
                  + seen.text("author")
                  + "; read that, then decide");
        }
      }
    }
  }

  private static List<String> words(Json value) {
    return switch (value) {
      case Json.Arr(var items) -> items.stream().flatMap(item -> words(item).stream()).toList();
      case Json.Text(var text) -> List.of(text);
      case Json.Int(var number) -> List.of(Long.toString(number));
      case Json.Bool flag -> List.of(flag == Json.Bool.TRUE ? "true" : "false");
      case Json.Obj _, Json.Decimal _, Json.Null _ -> List.of();
    };
  }

  private String path(String pattern) {
    var path = pattern;
    for (var i = 0; i < deed.places.size(); i++) {
      String typed = spec.positionalParameters().get(i).getValue();
      path = path.replace("{" + deed.places.get(i) + "}", RemoteServer.encoded(typed));
    }
    return path;
  }

  private @Nullable Object typed(String option) {
    return spec.findOption(option).getValue();
  }

  private @Nullable Object typed(Given given) {
    return given.isOption()
        ? typed(given.name())
        : spec.positionalParameters().stream()
            .filter(one -> one.paramLabel().equals(given.name()))
            .findFirst()
            .orElseThrow()
            .getValue();
  }

  private Json.Obj body() throws IOException {
    var body = Json.object();
    for (var given : deed.givens) {
      var value = typed(given);
      if (value == null) {
        continue;
      }
      switch (given.kind()) {
        case TEXT -> body.put(given.member(), (String) value);
        case NUMBER -> body.put(given.member(), (Long) value);
        case FLAG -> {
          if (value.equals(true)) {
            body.put(given.member(), true);
          }
        }
        case TEXTS -> body.put(given.member(), Json.texts(Arrays.asList((String[]) value)));
        case FILE -> body.put(given.member(), content((Path) value));
        case REVISION, ALONE -> {
          // Not sent.
        }
      }
    }
    return body.build();
  }

  private static String content(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(LONGEST_FILE + 1);
      if (bytes.length > LONGEST_FILE) {
        throw new Failure(Exit.REFUSED, file + " is longer than " + LONGEST_FILE + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private void show(Answer answer) {
    for (var given : deed.givens) {
      if (given.kind() == Kind.ALONE && Boolean.TRUE.equals(typed(given))) {
        console.text(answer.text(given.member()));
        return;
      }
    }
    if (deed.rows != null) {
      sheet.print(answer.rows(deed.rows), deed.shown, console);
      Sheet.leftOut(answer, List.of(deed.rows), console);
    } else if (output.forPrograms()) {
      output.print(answer.body(), console);
    } else if (answer.body().members().isEmpty()) {
      console.line("Done.");
    } else {
      var shown = isInstead() ? deed.insteadShown : deed.shown;
      shown.forEach(name -> member(answer.body(), name, ""));
      Sheet.leftOut(answer, shown, console);
    }
  }

  /// A value in a line; of an object each of its members; of a list one line an item.
  private void member(Json.Obj of, String name, String indent) {
    switch (of.get(name)) {
      case Json.Obj object ->
          object.members().keySet().forEach(inner -> member(object, inner, indent));
      case Json.Arr(var items) when items.stream().anyMatch(Json.Obj.class::isInstance) -> {
        console.field(indent + name, items.size() == 1 ? "1 entry" : items.size() + " entries");
        for (var item : items) {
          if (item instanceof Json.Obj object) {
            console.line("  " + indent + words(object));
          }
        }
      }
      case null -> {}
      default -> {
        var text = ListOutput.text(of, name);
        if (!text.isEmpty()) {
          console.field(indent + name, Printable.of(text, WIDEST));
        }
      }
    }
  }

  private static String words(Json.Obj object) {
    return object.members().keySet().stream()
        .map(name -> Sheet.shown(object, name))
        .map(text -> Printable.of(text, WIDEST))
        .collect(Collectors.joining("  "));
  }
}
