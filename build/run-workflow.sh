#!/usr/bin/env bash
# Runs the steps of a workflow's job here, one after the other, as the workflow's Linux machine does; stops at the first that fails.
#   build/run-workflow.sh [FILE [JOB [STEP]]]    default: .github/workflows/ci.yml test; STEP: only steps that contain these words
# Needs python3-yaml. Steps that call an action are named and left out: they bring source and SDK, which are here, or carry results away.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python3 - "${1:-.github/workflows/ci.yml}" "${2:-test}" "${3:-}" <<'PYTHON'
import subprocess, sys, time, yaml

file, job_name, only = sys.argv[1:]
with open(file) as text:
    job = yaml.safe_load(text)["jobs"].get(job_name) or sys.exit(f"{file} has no job {job_name}")
for step in job["steps"]:
    if "uses" in step:
        print(f"-- left out: {step['uses']}", flush=True)
        continue
    if only not in step["run"]:
        continue
    print(f"== {step['run']}", flush=True)
    begun = time.monotonic()
    code = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]).returncode
    print(f"-- exit code {code} after {time.monotonic() - begun:.0f} s", flush=True)
    if code:
        sys.exit(code)
print(f"{file}: job {job_name} passed")
PYTHON
