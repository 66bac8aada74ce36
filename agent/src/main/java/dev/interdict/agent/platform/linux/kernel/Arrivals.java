package dev.interdict.agent.platform.linux.kernel;

import java.util.List;

/// Tells of names that arrive in watched directories: made there, or moved there. No disk is polled
/// for it. One thread awaits and reads; others may add directories, and ring.
public sealed interface Arrivals extends AutoCloseable permits FanotifyArrivals, InotifyArrivals {

  /// One name that arrived.
  ///
  /// @param directory what [#watch] returned; [#LOST] where more arrived than the kernel keeps
  /// @param pid who did it; 0 where the kernel does not tell
  record Arrival(Object directory, byte[] name, int pid) {}

  /// Stands for every watched directory: anything may have arrived in any of them.
  Object LOST =
      new Object() {
        @Override
        public String toString() {
          return "lost";
        }
      };

  /// The best that the kernel lets us have.
  ///
  /// @throws KernelException where it has neither
  static Arrivals open() throws KernelException {
    try {
      return FanotifyArrivals.open();
    } catch (KernelException e) {
      return InotifyArrivals.open();
    }
  }

  /// The one that every kernel has, and that tells no pid.
  static Arrivals openSimple() throws KernelException {
    return InotifyArrivals.open();
  }

  /// Watches an open directory, which is not kept.
  ///
  /// @return what its arrivals carry
  /// @throws KernelException also where its file system cannot be watched this way
  Object watch(Fd directory) throws KernelException;

  /// Waits until something arrived, somebody rang, or the time is over.
  ///
  /// @param milliseconds below 0 for ever
  /// @return whether something arrived
  boolean await(int milliseconds) throws KernelException;

  /// What arrived by now, as far as it fits into one reading.
  List<Arrival> read() throws KernelException;

  /// Makes [#await] return; it goes on doing so.
  void ring();

  @Override
  void close();
}
