package dev.interdict.agent.platform.windows.installers;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.platform.windows.LiveRegistry;
import dev.interdict.agent.sources.windows.RegistryKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The deployment service of the running Windows, by its interface for native programs.
///
/// Spec: IPackageManager2::RemovePackageWithOptionsAsync of windows.management.deployment.h with
/// RemovalOptions::RemoveForAllUsers, and IAsyncInfo of asyncinfo.h.
public final class PackageDeployment implements Msix.Deployment {
  private static final String STORE = "Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore";
  private static final String CLASS = "Windows.Management.Deployment.PackageManager";
  private static final UUID MANAGER = UUID.fromString("f7aad08d-0840-46f2-b5d8-cad47693a095");
  private static final UUID ASYNC = UUID.fromString("00000036-0000-0000-c000-000000000046");
  private static final int FOR_ALL_USERS = 0x80000;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int MULTITHREADED = 1;

  /// Places in the tables of functions, counted from 0: three of IUnknown, three of IInspectable,
  /// then the interface's own.
  private static final int QUERY_INTERFACE = 0;

  private static final int RELEASE = 2;
  private static final int REMOVE_WITH_OPTIONS = 6;
  private static final int STATUS = 7;
  private static final int ERROR_CODE = 8;
  private static final int STARTED = 0;
  private static final int COMPLETED = 1;

  private static final class Library {
    static {
      Native.register(Library.class, "combase");
    }

    static native int RoInitialize(int kind);

    static native int RoActivateInstance(Pointer name, PointerByReference instance);

    static native int WindowsCreateString(char[] text, int length, PointerByReference string);

    static native int WindowsDeleteString(Pointer string);
  }

  @Override
  public List<String> packages() throws UnreadableException {
    var names = new ArrayList<String>();
    var store = LiveRegistry.machine().at(STORE);
    if (store != null) {
      add(store.child("Applications"), names);
      for (var user : store.children()) {
        if (user.name().startsWith("S-1-")) {
          add(user, names);
        }
      }
    }
    return names;
  }

  private static void add(@Nullable RegistryKey key, List<String> names)
      throws UnreadableException {
    if (key != null) {
      key.children().forEach(child -> names.add(child.name()));
    }
  }

  @Override
  public void remove(String fullName) throws IOException {
    // Answers "changed mode" where this thread was set up otherwise, which does not matter here.
    Library.RoInitialize(MULTITHREADED);
    var manager = manager();
    var name = string(fullName);
    try {
      var operation = new PointerByReference();
      check(call(manager, REMOVE_WITH_OPTIONS, name, FOR_ALL_USERS, operation));
      await(operation.getValue());
    } finally {
      Library.WindowsDeleteString(name);
      call(manager, RELEASE);
    }
  }

  /// Activates the class and asks it for the interface; for the smoke test too.
  static Pointer manager() throws IOException {
    var name = string(CLASS);
    try {
      var instance = new PointerByReference();
      check(Library.RoActivateInstance(name, instance));
      return as(instance.getValue(), MANAGER);
    } finally {
      Library.WindowsDeleteString(name);
    }
  }

  /// The same object by another interface; the first one is given back.
  private static Pointer as(Pointer object, UUID wanted) throws IOException {
    var found = new PointerByReference();
    try (var id = guid(wanted)) {
      check(call(object, QUERY_INTERFACE, id, found));
      return found.getValue();
    } finally {
      call(object, RELEASE);
    }
  }

  /// A GUID's first three fields are numbers in the machine's order, the rest bytes.
  static Memory guid(UUID id) {
    var memory = new Memory(16);
    memory.setInt(0, (int) (id.getMostSignificantBits() >>> 32));
    memory.setShort(4, (short) (id.getMostSignificantBits() >>> 16));
    memory.setShort(6, (short) id.getMostSignificantBits());
    memory.setLong(8, Long.reverseBytes(id.getLeastSignificantBits()));
    return memory;
  }

  private static Pointer string(String text) throws IOException {
    var string = new PointerByReference();
    check(Library.WindowsCreateString(text.toCharArray(), text.length(), string));
    return string.getValue();
  }

  private static void await(Pointer operation) throws IOException {
    var info = as(operation, ASYNC);
    try {
      var until = System.nanoTime() + LIMIT.toNanos();
      var status = new int[] {STARTED};
      while (status[0] == STARTED) {
        check(call(info, STATUS, (Object) status));
        if (System.nanoTime() - until > 0) {
          throw new IOException("took longer than " + LIMIT);
        }
        Thread.sleep(100);
      }
      if (status[0] != COMPLETED) {
        var error = new int[1];
        check(call(info, ERROR_CODE, (Object) error));
        throw new IOException("error 0x%08x".formatted(error[0]));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      call(info, RELEASE);
    }
  }

  private static int call(Pointer object, int place, Object... arguments) {
    var all = new Object[arguments.length + 1];
    all[0] = object;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    var function = object.getPointer(0).getPointer((long) place * Native.POINTER_SIZE);
    return Function.getFunction(function).invokeInt(all);
  }

  private static void check(int result) throws IOException {
    if (result < 0) {
      throw new IOException("error 0x%08x".formatted(result));
    }
  }
}
