package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.linux.DesktopFiles.DesktopFile;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Programs that are one file: an executable ELF file that carries its own file system, with `AI`
/// and the kind, 1 or 2, at offset 8 (AppImage specification).
///
/// Such a file has no record. Where it says from which releases on GitHub it updates itself
/// (`.upd_info`), that project is its identity; else the id of the desktop file that starts it;
/// else its place. All that it holds inside stays unread.
public final class AppImages {
  private static final Pattern RELEASES =
      Pattern.compile(
          "gh-releases-(?:zsync|direct)\\|([A-Za-z0-9-]{1,64})\\|([A-Za-z0-9._-]{1,128})\\|.*");
  private static final int MAX_UPDATE_INFORMATION = 4096;
  private static final String SUFFIX = ".AppImage";

  private AppImages() {}

  /// Whether a file's name says that it is one.
  public static boolean named(byte[] name) {
    var end = Math.max(0, name.length - SUFFIX.length());
    return SUFFIX.equalsIgnoreCase(
        new String(name, end, name.length - end, StandardCharsets.ISO_8859_1));
  }

  /// Reports that file if it is an AppImage that can be started.
  ///
  /// @param owner the home it lies in, null for the machine's
  public static void report(
      Places places, BytePath file, @Nullable Home owner, @Nullable String origin) {
    try {
      var fact = places.tree().stat(file);
      if (fact != null && fact.executable() && isOne(places.tree(), file)) {
        places.out().item(item(places, file, fact, owner, origin));
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private static boolean isOne(Tree tree, BytePath file) throws UnreadableException {
    var head = tree.range(file, 0, 11);
    return head != null
        && head.length == 11
        && head[0] == 0x7f
        && head[1] == 'E'
        && head[2] == 'L'
        && head[3] == 'F'
        && head[8] == 'A'
        && head[9] == 'I'
        && (head[10] == 1 || head[10] == 2);
  }

  private static Item item(
      Places places, BytePath file, FileFact fact, @Nullable Home owner, @Nullable String origin)
      throws UnreadableException {
    var starting = starting(places, file, owner);
    var parts = new ArrayList<Part>();
    parts.add(new Part(Part.Role.MAIN, file, fact.id(), fact.kind()));
    parts.add(new Part(Part.Role.EXECUTABLE, file, fact.id(), fact.kind()));
    for (var desktop : starting) {
      parts.add(
          new Part(Part.Role.LAUNCHER, desktop.path(), desktop.fact().id(), desktop.fact().kind()));
    }
    var version =
        starting.stream()
            .map(desktop -> desktop.entry().field("x-appimage-version"))
            .filter(Metadata::plainVersion)
            .findFirst()
            .orElse(null);
    return new Item(
        "appimage",
        identity(places.tree(), file, owner, starting, version),
        version,
        owner,
        file,
        parts,
        origin);
  }

  /// The desktop files that start it: those of its home, or of the machine.
  private static List<DesktopFile> starting(Places places, BytePath file, @Nullable Home owner) {
    var folders = owner == null ? DesktopSource.SYSTEM : DesktopSource.HOME;
    return DesktopFiles.in(places, folders).stream()
        .filter(desktop ->
            desktop.entry().command().stream()
                .filter(word -> word.startsWith("/"))
                .map(word -> Links.lexical(BytePath.ROOT, word.getBytes(StandardCharsets.UTF_8)))
                .anyMatch(file::equals))
        .toList();
  }

  private static Identity identity(
      Tree tree,
      BytePath file,
      @Nullable Home owner,
      List<DesktopFile> starting,
      @Nullable String version)
      throws UnreadableException {
    var information = ElfSection.read(tree, file, ".upd_info", MAX_UPDATE_INFORMATION);
    var text = information == null ? "" : new String(information, StandardCharsets.UTF_8);
    var end = text.indexOf('\0');
    var match = RELEASES.matcher(end < 0 ? text : text.substring(0, end));
    if (match.matches() && !match.group(2).contains("..")) {
      var purl = PackageUrl.of("github", match.group(1), match.group(2));
      return new Identity.OfPackage(version == null ? purl : purl.withVersion(version));
    }
    return starting.stream()
        .map(DesktopFile::id)
        .filter(DesktopSource::plain)
        .findFirst()
        .<Identity>map(id -> new Identity.OfApplication("desktop-id", id))
        .orElseGet(() -> new Identity.OfProgram(place(file, owner)));
  }

  /// A name for people, without blanks; rules go by the item's location.
  private static String place(BytePath file, @Nullable Home owner) {
    var path = owner == null ? file : file.relativeTo(owner.path());
    var out = new StringBuilder(owner == null ? "/" : "");
    for (var b : path.kernelBytes()) {
      out.append(b > ' ' && b < 0x7f && b != '%' ? (char) b + "" : "%%%02X".formatted(b));
    }
    return out.toString();
  }
}
