package dev.interdict.manual;

import dev.interdict.manual.ManPage.Imprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Model.CommandSpec;

/// Writes the manual pages and the completion files of a package's programs below its tree: `Manual
/// agent|server TREE ZSH VERSION DATE`.
public final class Manual {
  private static final int ANYBODY = 1;
  private static final int ADMINISTRATOR = 8;

  private final Path tree;
  private final Imprint imprint;

  private Manual(Path tree, Imprint imprint) {
    this.tree = tree;
    this.imprint = imprint;
  }

  public static void main(String[] arguments) throws IOException {
    var tree = Path.of(arguments[1]);
    for (var program : programs(arguments[0])) {
      var section = program.name().endsWith("-server") ? ADMINISTRATOR : ANYBODY;
      var manual =
          new Manual(tree, new Imprint(section, arguments[4], "Interdict " + arguments[3]));
      manual.pages(program);
      for (var file : Completion.of(program, arguments[2]).entrySet()) {
        manual.write(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      if (arguments[0].equals("agent")) {
        for (var role : dev.interdict.agent.cli.Reference.roles().entrySet()) {
          var name = program.name() + "-" + role.getKey();
          manual.page(name, ManPage.ofText(name, role.getValue(), manual.imprint));
        }
      }
    }
  }

  private static List<CommandSpec> programs(String whose) {
    return switch (whose) {
      case "agent" -> List.of(dev.interdict.agent.cli.Reference.program());
      case "server" -> dev.interdict.server.cli.Reference.programs();
      default -> throw new IllegalArgumentException(whose + " is neither agent nor server");
    };
  }

  private void pages(CommandSpec program) throws IOException {
    for (var command : (Iterable<CommandSpec>) commands(program)::iterator) {
      page(ManPage.name(command), new ManPage(command, imprint).toString());
    }
  }

  private static Stream<CommandSpec> commands(CommandSpec from) {
    return Stream.concat(
        Stream.of(from),
        from.subcommands().values().stream()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .flatMap(each -> commands(each.getCommandSpec())));
  }

  private void page(String name, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    var file = "usr/share/man/man%1$d/%2$s.%1$d.gz".formatted(imprint.section(), name);
    write(file, bytes.toByteArray());
  }

  private void write(String file, byte[] content) throws IOException {
    var path = tree.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, content);
  }
}
