"""Run JupyterLab until standard input ends, so that it never outlives the `npm start` that began it.

The end of the input reaches every platform and every way to die, which signals do not.
"""

import sys
import threading

from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import main


def stop_at_end_of_input() -> None:
    sys.stdin.buffer.read()
    if ServerApp.initialized():
        server = ServerApp.instance()
        server.io_loop.add_callback(server.stop)


threading.Thread(target=stop_at_end_of_input, daemon=True).start()
sys.exit(main())
