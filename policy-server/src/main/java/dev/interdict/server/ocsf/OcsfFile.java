package dev.interdict.server.ocsf;

import dev.interdict.json.JsonWriter;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.Follower;
import dev.interdict.server.events.Links;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// Adds events to a file, an object to a line, for a shipper such as Fluent Bit to follow. Whoever
/// rotates the file renames it; the next batch begins a new one.
public final class OcsfFile implements Follower.Reader {
  private final Path file;
  private final Ocsf ocsf;
  private final Links links;

  public OcsfFile(Path file, Ocsf ocsf, Links links) {
    this.file = file;
    this.ocsf = ocsf;
    this.links = links;
  }

  @Override
  public void read(List<Event> events) throws IOException {
    var lines = new StringBuilder();
    for (var event : events) {
      lines.append(JsonWriter.line(ocsf.event(event, links.of(event)))).append('\n');
    }
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    var attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.notExists(file)
            ? new java.nio.file.attribute.FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
            }
            : new java.nio.file.attribute.FileAttribute<?>[0];
    try (var channel = FileChannel.open(file, options, attributes)) {
      channel.position(whole(channel));
      var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /// Where the last whole line ends: what a crash or a full disk left of the next one is written
  /// over, for its event comes again.
  private static long whole(FileChannel channel) throws IOException {
    var one = ByteBuffer.allocate(1);
    var end = channel.size();
    for (var at = end; at > 0; at--) {
      one.clear();
      if (channel.read(one, at - 1) == 1 && one.get(0) == '\n') {
        channel.truncate(at);
        return at;
      }
    }
    channel.truncate(0);
    return 0;
  }
}
