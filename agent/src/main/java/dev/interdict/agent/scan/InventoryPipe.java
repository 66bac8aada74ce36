package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// An inventory on the pipe between the scan worker and the guard: inventories of at most
/// [#PER_FRAME] entries, one to a frame, then a frame that says it is the end. So neither side
/// holds the whole as text, and a worker that was killed half-way is never taken for one that saw
/// little.
public final class InventoryPipe {
  static final int PER_FRAME = 250;
  private static final int MAX_FRAME = 4 << 20;
  private static final long MAX_BYTES = 192L << 20;

  private InventoryPipe() {}

  /// Writes the inventory and flushes.
  public static void write(Inventory inventory, OutputStream out) throws IOException {
    var homes = inventory.homes();
    frame(out, new Inventory(homes, List.of(), List.of(), List.of()));
    frames(out, inventory.items(), some -> new Inventory(homes, some, List.of(), List.of()));
    frames(out, inventory.processes(), some -> new Inventory(homes, List.of(), some, List.of()));
    frames(out, inventory.gaps(), some -> new Inventory(homes, List.of(), List.of(), some));
    Frames.write(out, JsonWriter.compact(Json.object().put("end", true).build()));
    out.flush();
  }

  private static void frame(OutputStream out, Inventory part) throws IOException {
    Frames.write(out, JsonWriter.compact(InventoryJson.write(part)));
  }

  private static <T> void frames(OutputStream out, List<T> all, Function<List<T>, Inventory> part)
      throws IOException {
    for (var start = 0; start < all.size(); start += PER_FRAME) {
      fitting(out, all.subList(start, Math.min(all.size(), start + PER_FRAME)), part);
    }
  }

  /// As few frames as fit: paths are as long as their users like.
  private static <T> void fitting(OutputStream out, List<T> some, Function<List<T>, Inventory> part)
      throws IOException {
    var frame = JsonWriter.compact(InventoryJson.write(part.apply(some)));
    if (frame.length <= MAX_FRAME || some.size() == 1) {
      Frames.write(out, frame);
    } else {
      fitting(out, some.subList(0, some.size() / 2), part);
      fitting(out, some.subList(some.size() / 2, some.size()), part);
    }
  }

  /// Reads an inventory to its end.
  ///
  /// @throws IOException if the stream ends before the inventory does, is longer than 192 MiB, or
  ///   holds anything but an inventory
  public static Inventory read(InputStream in) throws IOException {
    return read(in, _ -> true);
  }

  /// The same, keeping of its items only those that are wanted.
  public static Inventory read(InputStream in, Predicate<Item> wanted) throws IOException {
    var homes = new LinkedHashSet<Home>();
    var items = new ArrayList<Item>();
    var processes = new ArrayList<RunningProcess>();
    var gaps = new ArrayList<Gap>();
    var bytes = 0L;
    while (true) {
      var frame = Frames.read(in, MAX_FRAME);
      if (frame == null) {
        throw new EOFException("the inventory ended before its end");
      }
      bytes += frame.length;
      if (bytes > MAX_BYTES) {
        throw new IOException("inventory is longer than " + MAX_BYTES + " bytes");
      }
      var part = part(frame);
      if (part == null) {
        return new Inventory(List.copyOf(homes), items, processes, gaps);
      }
      homes.addAll(part.homes());
      part.items().stream().filter(wanted).forEach(items::add);
      processes.addAll(part.processes());
      gaps.addAll(part.gaps());
    }
  }

  private static @org.jspecify.annotations.Nullable Inventory part(byte[] frame)
      throws IOException {
    try {
      var json = JsonReader.read(frame, JsonLimits.OWN);
      var end = json instanceof Json.Obj(var members) && members.containsKey("end");
      return end ? null : InventoryReader.read(json);
    } catch (JsonException e) {
      throw new IOException("the scan worker sent no inventory: " + e.getMessage(), e);
    }
  }
}
