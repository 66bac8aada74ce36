package dev.interdict.server.cli.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signal by which a service is asked to read its settings anew (SIGHUP). Java has no supported
/// way to it: the one there is lies in `jdk.unsupported`, and is looked up at run time so that a
/// Java without it runs the server all the same, which then ends at that signal as any program
/// does.
public final class HangUp {
  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /// Runs `work` at each such signal, on a thread of its own.
  ///
  /// @return whether that is so
  public static boolean runs(Runnable work) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var ours =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      work.run();
                      yield null;
                    }
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "HangUp";
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
      return true;
    } catch (InvocationTargetException e) {
      // The machine was started without signals, or this system has none.
      LOG.atDebug().setCause(e.getCause()).log("no reload by signal");
      return false;
    } catch (ReflectiveOperationException e) {
      LOG.atDebug().setCause(e).log("no reload by signal");
      return false;
    }
  }
}
