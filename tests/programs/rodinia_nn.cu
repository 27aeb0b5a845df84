// k nearest records to a place, records of latitude and longitude in pitched grids of blocks.
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vector>
#include "cuda.h"

#define min(a, b) a > b ? b : a
#define ceilDiv(a, b) ((a + b - 1) / b)
#define print(x) printf(#x ": %lu\n", (unsigned long)x)

#define REC_LENGTH 49

typedef struct latLong {
    float lat;
    float lng;
} LatLong;

typedef struct record {
    char recString[REC_LENGTH];
    float distance;
} Record;

__global__ void euclid(LatLong* d_locations, float* d_distances, int numRecords, float lat, float lng)
{
    int globalId = blockDim.x * (gridDim.x * blockIdx.y + blockIdx.x) + threadIdx.x;
    LatLong* latLong = d_locations + globalId;
    if (globalId < numRecords) {
        float* dist = d_distances + globalId;
        *dist = (float)sqrt((lat - latLong->lat) * (lat - latLong->lat) + (lng - latLong->lng) * (lng - latLong->lng));
    }
}

void findLowest(std::vector<Record>& records, float* distances, int numRecords, int topN)
{
    for (int i = 0; i < topN; i++) {
        int minLoc = i;
        for (int j = i; j < numRecords; j++)
            if (distances[j] < distances[minLoc]) minLoc = j;
        Record tmp = records[i];
        records[i] = records[minLoc];
        records[minLoc] = tmp;
        float d = distances[i];
        distances[i] = distances[minLoc];
        distances[minLoc] = d;
        records[i].distance = distances[i];
    }
}

int main(int argc, char* argv[])
{
    const float lat = 30.5f, lng = -90.25f;
    const int resultsCount = 10, numRecords = 2500;
    std::vector<Record> records;
    std::vector<LatLong> locations;
    unsigned seed = 17;
    for (int i = 0; i < numRecords; i++) {
        Record r;
        LatLong l;
        seed = seed * 1103515245u + 12345u;
        l.lat = 7.0f + (seed >> 16) % 6300 / 100.0f;
        seed = seed * 1103515245u + 12345u;
        l.lng = -(float)((seed >> 16) % 35800) / 100.0f;
        snprintf(r.recString, REC_LENGTH, "1950 %02d %02d storm%d %5.1f %6.1f", i % 12 + 1, i % 28 + 1, i, l.lat, l.lng);
        r.distance = 0;
        records.push_back(r);
        locations.push_back(l);
    }

    cudaDeviceProp deviceProp;
    cudaGetDeviceProperties(&deviceProp, 0);
    unsigned long maxGridX = deviceProp.maxGridSize[0];
    unsigned long threadsPerBlock = min(deviceProp.maxThreadsPerBlock, 256);
    unsigned long blocks = ceilDiv(numRecords, threadsPerBlock);
    unsigned long gridY = ceilDiv(blocks, maxGridX) + 1;
    unsigned long gridX = ceilDiv(blocks, gridY);
    dim3 gridDim(gridX, gridY);

    LatLong* d_locations;
    float* d_distances;
    float* distances = (float*)malloc(sizeof(float) * numRecords);
    cudaMalloc((void**)&d_locations, sizeof(LatLong) * numRecords);
    cudaMalloc((void**)&d_distances, sizeof(float) * numRecords);
    cudaMemcpy(d_locations, &locations[0], sizeof(LatLong) * numRecords, cudaMemcpyHostToDevice);
    euclid<<<gridDim, threadsPerBlock>>>(d_locations, d_distances, numRecords, lat, lng);
    cudaDeviceSynchronize();
    cudaMemcpy(distances, d_distances, sizeof(float) * numRecords, cudaMemcpyDeviceToHost);
    cudaFree(d_locations);
    cudaFree(d_distances);
    float worst = 0;
    for (int i = 0; i < numRecords; i++) {
        const double dx = (double)lat - locations[i].lat, dy = (double)lng - locations[i].lng;
        worst = fmaxf(worst, fabsf(distances[i] - (float)sqrt(dx * dx + dy * dy)));
    }
    findLowest(records, distances, numRecords, resultsCount);
    int errors = cudaGetLastError() != cudaSuccess || worst > 1e-4f;
    for (int i = 1; i < resultsCount; i++) errors += records[i].distance < records[i - 1].distance;
    char first[REC_LENGTH];
    strcpy(first, records[0].recString);
    for (char* c = first; *c; c++)
        if (*c == ' ') *c = '_';
    free(distances);
    if (errors) { printf("FAIL %d, error %g\n", errors, worst); return 1; }
    printf("PASS nn: nearest %s at %f\n", first, records[0].distance);
    return 0;
}
