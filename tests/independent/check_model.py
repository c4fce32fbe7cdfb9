"""Opens a model of etrade-bot train in Python's PyTorch, runs it, and writes weights of its own for the way back.

usage: check_model.py MODEL.pth INPUTS.json OUTPUTS.json PYTHON.pth

INPUTS.json: {"hidden": 8, "layers": 1, "rows": [[[feature, ...] of each candle] of each sequence]}
OUTPUTS.json (written): {"model": probabilities by MODEL.pth, "python": probabilities by PYTHON.pth}
PYTHON.pth (written): a network of the same shape with weights drawn here.
"""
import json
import sys

import torch


class PatternNN(torch.nn.Module):
    def __init__(self, features, hidden, layers):
        super().__init__()
        self.lstm = torch.nn.LSTM(features, hidden, layers, batch_first=True)
        self.fc = torch.nn.Linear(hidden, 3)

    def forward(self, rows):
        states, _ = self.lstm(rows)
        return torch.softmax(self.fc(states[:, -1]), dim=-1)


def main():
    model_path, inputs_path, outputs_path, python_path = sys.argv[1:]
    with open(inputs_path) as file:
        inputs = json.load(file)
    rows = torch.tensor(inputs["rows"], dtype=torch.float32)
    network = PatternNN(rows.shape[2], inputs["hidden"], inputs["layers"]).eval()
    outputs = {}
    with torch.no_grad():
        torch.save(network.state_dict(), python_path)
        outputs["python"] = network(rows).flatten().tolist()
        network.load_state_dict(torch.load(model_path, weights_only=True), strict=True)
        outputs["model"] = network(rows).flatten().tolist()
    with open(outputs_path, "w") as file:
        json.dump(outputs, file)


main()
