"""Jupyter Server's gateway client, and nbclient on top of it, against the lab's REST API and WebSockets:
python3 through_the_lab.py URL TOKEN NOTEBOOK

Ends with the line "passed P failed F skipped S".
"""

import asyncio
import functools
import json
import sys
import traceback

import nbformat
import websocket
from jupyter_server.gateway.gateway_client import GatewayClient, gateway_request
from jupyter_server.gateway.managers import GatewayKernelManager
from nbclient import NotebookClient

url, token, notebook_path = sys.argv[1:]
gateway = GatewayClient.instance()
gateway.url = url
gateway.ws_url = url.replace("http", "ws")
gateway.auth_token = token
# The gateway client authenticates its requests, but leaves its WebSocket to the network it runs in.
websocket.create_connection = functools.partial(
    websocket.create_connection, header={"Authorization": f"token {token}"}
)


async def kernels_are_offered():
    response = await gateway_request(f"{url}/api/kernelspecs", method="GET")
    specs = json.loads(response.body)
    assert specs["default"] == "dials", specs["default"]
    assert specs["kernelspecs"]["dials"]["spec"]["language"] == "typescript"


async def start():
    manager = GatewayKernelManager()
    await manager.start_kernel(kernel_name="dials")
    client = manager.client()
    await client.start_channels()
    await client.wait_for_ready(timeout=60)
    return manager, client


async def stop(manager, client):
    client.stop_channels()
    await manager.shutdown_kernel()


async def outcome(client, code, when_printed=None):
    """What a cell printed, and the status of its reply; `when_printed` is awaited once it has printed something."""
    request = client.execute(code)
    text = ""
    while True:
        message = await client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "stream":
            if text == "" and when_printed is not None:
                await when_printed()
            text += message["content"]["text"]
        if message["content"].get("execution_state") == "idle":
            break
    while True:
        reply = await client.get_shell_msg(timeout=60)
        if reply["parent_header"].get("msg_id") == request:
            return text, reply["content"]["status"]


async def cells_run():
    manager, client = await start()
    try:
        assert await outcome(client, "console.log(6 * 7)") == ("42\n", "ok")
        text, status = await outcome(client, "throw new Error('on purpose')")
        assert status == "error"
        text, _ = await outcome(client, "for (let i = 0; i < 20_000; i++) console.log(i)")
        assert text == "".join(f"{i}\n" for i in range(20_000))
    finally:
        await stop(manager, client)


async def busy_loops_are_interrupted():
    manager, client = await start()
    try:
        code = "const kept = 42; console.log(kept); while (true) {}"
        assert await outcome(client, code, manager.interrupt_kernel) == ("42\n", "error")
        assert await outcome(client, "console.log(kept)") == ("42\n", "ok")
    finally:
        await stop(manager, client)


async def restarts_forget():
    manager, client = await start()
    try:
        await outcome(client, "const gone = 42")
        await manager.restart_kernel()
        assert await outcome(client, "console.log(typeof gone)") == ("undefined\n", "ok")
    finally:
        await stop(manager, client)


async def a_notebook_is_executed():
    notebook = nbformat.read(notebook_path, as_version=4)
    client = NotebookClient(
        notebook, kernel_name="dials", timeout=600, kernel_manager_class=GatewayKernelManager
    )
    await client.async_execute(kernel_name="dials")
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count is not None for cell in cells)


CHECKS = [
    kernels_are_offered,
    cells_run,
    busy_loops_are_interrupted,
    restarts_forget,
    a_notebook_is_executed,
]


async def main():
    failed = 0
    for check in CHECKS:
        name = check.__name__.replace("_", " ")
        try:
            await check()
            print(f"{name} ... ok", flush=True)
        except Exception:
            failed += 1
            print(f"{name} ... FAILED\n{traceback.format_exc()}", flush=True)
    print(f"passed {len(CHECKS) - failed} failed {failed} skipped 0")
    return failed


sys.exit(1 if asyncio.run(main()) else 0)
