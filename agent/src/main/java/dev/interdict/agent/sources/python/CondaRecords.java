package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packages of one conda environment: `conda-meta/name-version-build.json`, one file for each.
/// The file's name says which it is, since conda ignores one whose content says otherwise; the
/// content can be megabytes long, and only its beginning is read, for the channel.
///
/// An item has no parts: its files lie among those of other packages and belong to conda. A Python
/// distribution among them has a record of its own kind as well, which says what is its alone.
record CondaRecords(Places places, @Nullable Home owner) {
  private static final int HEAD = 4 << 10;
  private static final String ENDING = ".json";
  private static final String CHANNEL = "\"channel\": \"";

  /// Reports what the records in that folder say.
  void report(BytePath folder) {
    for (var entry : places.list(folder)) {
      var file = folder.resolve(entry.name());
      if (file.nameText().endsWith(ENDING)) {
        try {
          record(file);
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  private void record(BytePath file) throws UnreadableException {
    var head = places.tree().range(file, 0, HEAD);
    if (head == null) {
      return;
    }
    var name = file.nameText().substring(0, file.nameText().length() - ENDING.length());
    var build = name.lastIndexOf('-');
    var version = name.lastIndexOf('-', build - 1);
    if (head.length == 0 || head[0] != '{' || version <= 0) {
      throw Metadata.malformed(file, "is no record of a conda package");
    }
    report(
        file,
        name.substring(0, version),
        name.substring(version + 1, build),
        channel(new String(head, StandardCharsets.UTF_8)));
  }

  private void report(BytePath file, String name, String version, @Nullable String channel)
      throws UnreadableException {
    if (!CoreMetadata.validName(name.startsWith("_") ? name.substring(1) : name)
        || !Metadata.plainVersion(version)) {
      throw Metadata.malformed(file, "names no conda package");
    }
    var purl = PackageUrl.of("conda", "", name).withVersion(version);
    places
        .out()
        .item(
            new Item(
                "conda",
                new Identity.OfPackage(
                    channel == null ? purl : purl.withQualifier("channel", channel)),
                version,
                owner,
                file,
                List.of(),
                "conda environment"));
  }

  /// The channel's name: of its address (`https://conda.anaconda.org/conda-forge/linux-64`) what
  /// stands before the platform.
  private static @Nullable String channel(String head) {
    var start = head.indexOf(CHANNEL) + CHANNEL.length();
    var end = head.indexOf('"', start);
    if (start < CHANNEL.length() || end < 0) {
      return null;
    }
    var components = head.substring(start, end).split("/");
    var last = components.length - 1;
    var platform = last > 0 && components[last].matches("noarch|[a-z]+-[a-z0-9]{1,8}");
    var name = components[platform && last > 3 ? last - 1 : Math.max(last, 0)];
    return CoreMetadata.validName(name) ? name : null;
  }
}
