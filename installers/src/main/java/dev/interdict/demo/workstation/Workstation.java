package dev.interdict.demo.workstation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The sandbox, laid out.
///
/// @param root what the agent takes for the root of the machine
/// @param shapes the banned product's copies
/// @param program the one to start: a copy through its link, as a user does
/// @param lookalike the user's own script of the same name
public record Workstation(Path root, List<Shape> shapes, Path program, Path lookalike) {
  public Workstation {
    shapes = List.copyOf(shapes);
  }

  /// One copy of the banned product.
  ///
  /// @param paths what must be gone afterwards
  public record Shape(String user, String name, List<Path> paths) {
    public Shape {
      paths = List.copyOf(paths);
    }
  }

  /// Lays the sandbox out in the empty folder `root`.
  ///
  /// @param standIn a program that is harmless under any name
  public static Workstation layOut(Path root, Path standIn) throws IOException {
    var machine = new Disk(root, standIn);
    Files.createDirectories(root);
    var uid = (int) Files.getAttribute(root, "unix:uid");
    machine.text(
        "etc/passwd",
        """
        lin:x:%1$d:%1$d:Lin Xia:/home/lin:/bin/bash
        wei:x:%1$d:%1$d:Wei Chen:/home/wei:/bin/bash
        """
            .formatted(uid));
    machine.text("etc/hostname", "hz-rd-00042\n");
    machine.text("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    var lin = machine.in("home/lin");
    var wei = machine.in("home/wei");
    var shapes = new ArrayList<Shape>();
    shapes.add(shape("lin", lin, BannedShapes.installer(lin)));
    shapes.add(shape("lin", lin, BannedShapes.npmScript(lin)));
    shapes.add(shape("wei", wei, BannedShapes.npmProgram(wei)));
    shapes.add(shape("wei", wei, BannedShapes.extension(wei)));
    Lookalikes.packages(lin);
    Lookalikes.replacement(lin);
    Lookalikes.data(lin);
    Lookalikes.ownScript(wei);
    Lookalikes.extension(wei);
    return new Workstation(
        root, shapes, lin.root().resolve(".local/bin/claude"), wei.root().resolve("bin/claude"));
  }

  private static Shape shape(String user, Disk home, BannedShapes.Laid laid) {
    return new Shape(user, laid.name(), laid.paths().stream().map(home.root()::resolve).toList());
  }

  /// All that must be gone.
  public List<Path> banned() {
    return shapes.stream().flatMap(shape -> shape.paths().stream()).toList();
  }

  /// The editor's own list of its extensions, which loses one entry and stays.
  public Path list() {
    return root.resolve("home/wei/.vscode/extensions/extensions.json");
  }

  /// Whether the list has lost the banned extension, and no other.
  public boolean listIsCut() throws IOException {
    var text = Files.readString(list());
    return !text.contains("anthropic.claude-code") && text.contains("saoudrizwan.claude-dev");
  }

  /// All that must stay, as it is now.
  public Manifest rest() throws IOException {
    var without = new ArrayList<>(banned());
    without.add(list());
    return Manifest.of(root, without);
  }
}
